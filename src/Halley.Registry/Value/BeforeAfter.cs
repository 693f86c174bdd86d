namespace Halley.Registry;

/// <summary>Each champion against the champion before it, in equally long times on both sides of the change.</summary>
static class BeforeAfter
{
    const string Assumption =
        "Nothing but the release changed between the two times: neither season nor mix, and claims are equally developed.";

    /// <summary>Revisions of one champion that follow each other.</summary>
    sealed record Reign(VersionId Release, List<ValuedDecision> Decisions)
    {
        internal DateTimeOffset Start => Decisions[0].Time;

        internal DateTimeOffset End => Decisions[^1].Time;
    }

    internal static IEnumerable<ValueComparison> Find(IReadOnlyList<ValuedDecision> decisions, ValueDefinition definition)
    {
        var reigns = Reigns(decisions);
        for (var i = 1; i < reigns.Count; i++)
            yield return Compare(reigns[i], reigns[i - 1], definition);
    }

    static List<Reign> Reigns(IReadOnlyList<ValuedDecision> decisions)
    {
        var reigns = new List<Reign>();
        var revisions = decisions
            .Where(decision => decision.IsAssigned && decision.Arm == ReleaseRole.Champion)
            .GroupBy(decision => decision.Revision)
            .OrderBy(group => group.Key);
        foreach (var revision in revisions)
        {
            var release = revision.First().Release;
            if (reigns.Count == 0 || reigns[^1].Release != release)
                reigns.Add(new(release, []));
            reigns[^1].Decisions.AddRange(revision);
        }
        foreach (var reign in reigns)
            reign.Decisions.Sort((one, other) => one.Time.CompareTo(other.Time));
        return reigns;
    }

    static ValueComparison Compare(Reign after, Reign before, ValueDefinition definition)
    {
        var (long1, long2) = (after.End - after.Start, before.End - before.Start);
        var span = long1 < long2 ? long1 : long2;
        var mine = after.Decisions.Where(decision => decision.Time <= after.Start + span).ToList();
        var other = before.Decisions.Where(decision => decision.Time >= before.End - span).ToList();
        var index = new UnitIndex();
        var (first, second) = (ClusteredMean.Of(Rows(mine, definition), index), ClusteredMean.Of(Rows(other, definition), index));
        return new()
        {
            Grade = ValueGrade.BeforeAfter,
            Release = after.Release,
            Against = before.Release,
            Difference = first.Minus(second),
            Units = first.Units,
            AgainstUnits = second.Units,
            Decisions = mine.Count + other.Count,
            Span = span,
            Simulated = mine.Concat(other).Any(decision => decision.Simulated),
            Assumption = Assumption,
        };
    }

    static IEnumerable<(string Unit, double Value)> Rows(IEnumerable<ValuedDecision> decisions, ValueDefinition definition) =>
        decisions
            .GroupBy(decision => decision.Unit)
            .Select(group => (group.Key, group.Sum(decision => decision.Value(definition))));
}
