namespace Halley.Registry;

/// <summary>Challengers against the champion of the same weeks, from units that a hash assigned.</summary>
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
        // 2. All that each unit earned, and the difference of its means.
        var pair = new ArmPair(definition);
        foreach (var decision in challenger)
        {
            if (shares.TryGetValue(decision.Revision, out var both))
                pair.Add(decision, isMine: true, both);
        }
        // The time in which the challenger answered, not the champion's, which has more decisions.
        var span = pair.Last - pair.First;
        foreach (var decision in champion)
            pair.Add(decision, isMine: false, shares[decision.Revision]);
        var difference = pair.Difference();
        return new()
        {
            Grade = ValueGrade.RandomisedArm,
            Release = challenger.Key,
            Against = champion.Key,
            Difference = difference.Estimate,
            Units = difference.Units,
            AgainstUnits = difference.AgainstUnits,
            Decisions = difference.Decisions,
            Span = span,
            Simulated = pair.Simulated,
            Assumption = Assumption,
        };
    }

    static Dictionary<long, double> Shares(IEnumerable<ValuedDecision> arm) =>
        arm.GroupBy(decision => decision.Revision).ToDictionary(group => group.Key, group => group.First().Probability);
}
