namespace Halley.Registry;

/// <summary>Which champion a rollback returns to.</summary>
static class ChampionHistory
{
    /// <summary>The champion before the present one, or null where there was none.</summary>
    /// <remarks>
    /// Each promotion of another champion lays it on a pile and each rollback takes the top away: two rollbacks after
    /// 1, 2, 3 lead to 1, not back to 3.
    /// </remarks>
    internal static VersionId? Previous(IEnumerable<EnvironmentChange> changes)
    {
        var pile = new Stack<VersionId>();
        foreach (var change in changes)
        {
            if (change.Kind == ChangeKind.Rollback)
                pile.Pop();
            else if (change.Arms.Champion is { } champion && (pile.Count == 0 || pile.Peek() != champion))
                pile.Push(champion);
        }
        return pile.Count > 1 ? pile.ElementAt(1) : null;
    }
}
