namespace Halley.Glm;

/// <summary>Which rows are held out together. At most one of <see cref="Column"/>, <see cref="Time"/> and <see cref="Keys"/> is given.</summary>
/// <remarks>
/// Folds hold about the same exposure each (weight, where there is none), and the held-out deviance is per unit of it.
/// </remarks>
public sealed record FoldPlan
{
    /// <summary>Number of folds. Range 2 to 100. Default 10.</summary>
    public int Count { get; init; } = 10;

    /// <summary>Columns that make the id (of policy or customer) whose rows stay in one fold; none to draw row by row.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>
    /// Column of dates or years: each fold is a stretch of time, predicted from what came before it, never from what came after.
    /// The earliest stretch is only learned from. Null to draw at random.
    /// </summary>
    public string? Time { get; init; }

    /// <summary>Column that names each row's fold; null for none. <see cref="Count"/> is not used then.</summary>
    public string? Column { get; init; }

    /// <summary>Decides the random draw. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Columns of the learn table that the plan reads.</summary>
    public IEnumerable<string> Columns => Keys.Concat(new[] { Time, Column }.OfType<string>());

    internal IEnumerable<string> Problems()
    {
        if (Count is < 2 or > 100)
            yield return $"folds: {Count} of them are outside 2 to 100";
        if ((Keys.Count > 0 ? 1 : 0) + (Time is null ? 0 : 1) + (Column is null ? 0 : 1) > 1)
            yield return "folds: give keys, a time or a column, not several of them";
    }
}
