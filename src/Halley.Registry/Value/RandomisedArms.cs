namespace Halley.Registry;

/// <summary>Challengers against the champion of the same weeks, from units that a hash assigned.</summary>
/// <remarks>
/// What is compared is all that a unit earned over the experiment, however often it came: a release that makes customers
/// ask more often must not look better or worse for it. Where shares changed, each row counts by the inverse of the
/// chance with which it came into its arm, so that both arms stand for the same units in the same weeks.
/// </remarks>
static class RandomisedArms
{
    const string Assumption =
        "Units were assigned at random, in the same weeks and with the chance that was logged; they do not influence each other.";

    internal static IEnumerable<ValueComparison> Find(IReadOnlyList<ValuedDecision> decisions, ValueDefinition definition)
    {
        // Revisions in which a challenger answered: only their champion's decisions are of the same experiment.
        var challenged = decisions
            .Where(decision => decision.IsAssigned && decision.Arm == ReleaseRole.Challenger)
            .GroupBy(decision => decision.Release)
            .OrderBy(group => group.Key.Version);
        foreach (var challenger in challenged)
        {
            var revisions = challenger.Select(decision => decision.Revision).ToHashSet();
            var champions = decisions
                .Where(decision =>
                    decision.IsAssigned && decision.Arm == ReleaseRole.Champion && revisions.Contains(decision.Revision)
                )
                .GroupBy(decision => decision.Release)
                .OrderBy(group => group.Key.Version);
            foreach (var champion in champions)
                yield return Compare(challenger, champion, definition);
        }
    }

    static ValueComparison Compare(
        IGrouping<VersionId, ValuedDecision> challenger,
        IGrouping<VersionId, ValuedDecision> champion,
        ValueDefinition definition
    )
    {
        // 1. The shares of both arms in each revision that both served.
        var championShares = Shares(champion);
        var shares = Shares(challenger)
            .Where(share => championShares.ContainsKey(share.Key))
            .ToDictionary(share => share.Key, share => (Mine: share.Value, Other: championShares[share.Key]));
        var mine = challenger.Where(decision => shares.ContainsKey(decision.Revision)).ToList();
        var other = champion.ToList();

        // 2. A row is all that one unit earned while both shares stood.
        (string Unit, (double, double) Shares) Key(ValuedDecision decision) => (decision.Unit, shares[decision.Revision]);
        List<ValueRow> Rows(List<ValuedDecision> decisions) =>
            [
                .. decisions
                    .GroupBy(Key)
                    .Select(group => new ValueRow(
                        group.Key.Unit,
                        1 / group.First().Probability,
                        group.Sum(decision => decision.Value(definition))
                    )),
            ];
        var (first, second) = (new ClusteredMean(Rows(mine)), new ClusteredMean(Rows(other)));

        // 3. From a row to a unit: a unit has a row for each time that the shares changed while it came.
        var all = mine.Concat(other).ToList();
        var rowsPerUnit = (double)all.Select(Key).Distinct().Count() / all.Select(decision => decision.Unit).Distinct().Count();
        var difference = first.Minus(second);
        return new()
        {
            Grade = ValueGrade.RandomisedArm,
            Release = challenger.Key,
            Against = champion.Key,
            Difference = new(
                rowsPerUnit * difference.Value,
                rowsPerUnit * difference.StandardError,
                rowsPerUnit * difference.Lower,
                rowsPerUnit * difference.Upper
            ),
            Units = first.Units,
            AgainstUnits = second.Units,
            Decisions = all.Count,
            Span = mine[^1].Time - mine[0].Time,
            Simulated = all.Any(decision => decision.Simulated),
            Assumption = Assumption,
        };
    }

    static Dictionary<long, double> Shares(IEnumerable<ValuedDecision> arm) =>
        arm.GroupBy(decision => decision.Revision).ToDictionary(group => group.Key, group => group.First().Probability);
}
