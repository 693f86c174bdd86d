using Halley.Statistics;

namespace Halley.Registry;

/// <summary>Reads an experiment decision by decision; its figures may be looked at after any of them.</summary>
/// <remarks>
/// Each decision is valued once, by what was known when it was old enough, and never changes after: only so do the looks form one path
/// that the boundary of <see cref="MeanSequence"/> is made for. What develops later is in the term's development pattern.
/// </remarks>
sealed class ExperimentTally
{
    readonly Experiment experiment;
    readonly IReadOnlyDictionary<long, (double Mine, double Other)> shares;
    readonly ArmPair arms;
    readonly SplitSequence split = new();
    readonly UnitIndex pairUnits = new();
    readonly List<ValueRow> pairs = [];
    bool simulatedPairs;

    /// <param name="shares">Chances of the release and of the champion in each revision that counts.</param>
    internal ExperimentTally(Experiment experiment, IReadOnlyDictionary<long, (double Mine, double Other)> shares) =>
        (this.experiment, this.shares, arms) = (experiment, shares, new(experiment.Value));

    /// <summary>Revisions in which both releases stood as they did at the start, with their shares.</summary>
    internal static IReadOnlyDictionary<long, (double Mine, double Other)> SharesOf(
        Experiment experiment,
        IEnumerable<EnvironmentChange> changes
    ) =>
        changes
            .Where(change => change.Arms.Champion == experiment.Against && change.Arms.Experiment == experiment.Split)
            .Select(change => (change.Revision, Mine: Share(change.Arms, experiment), Other: change.Arms.ChampionShare))
            .Where(change => change.Mine > 0)
            .ToDictionary(change => change.Revision, change => (change.Mine, change.Other));

    static double Share(LiveArms arms, Experiment experiment) =>
        experiment.Grade == ValueGrade.ShadowPair
            ? (arms.Shadows.Contains(experiment.Release) ? 1 : 0)
            : arms.Challengers.FirstOrDefault(arm => arm.Release == experiment.Release)?.Share ?? 0;

    /// <summary>Whether a decision is of the experiment.</summary>
    internal bool Counts(ValuedDecision decision) =>
        decision.IsAssigned
        && shares.ContainsKey(decision.Revision)
        && decision.Time >= experiment.At
        && decision.Time < experiment.PlannedEnd
        && (decision.Release == experiment.Against || decision.Release == experiment.Release);

    /// <summary>A unit came: for the check of the split, before its decision can be valued.</summary>
    internal void Came(ValuedDecision decision)
    {
        var (mine, other) = shares[decision.Revision];
        split.Add(decision.Unit, decision.Release == experiment.Release, mine / (mine + other));
    }

    /// <summary>A decision is old enough and has its value.</summary>
    internal void Add(ValuedDecision decision) =>
        arms.Add(decision, decision.Release == experiment.Release, shares[decision.Revision]);

    /// <summary>Both releases answered a request: the expected value of the shadow less that of the champion.</summary>
    internal void AddPair(ValuedDecision decision, double difference)
    {
        pairs.Add(new(pairUnits.Of(decision.Unit), 1, difference));
        simulatedPairs |= decision.Simulated;
    }

    internal SplitSequence Split => split;

    internal bool Simulated => arms.Simulated || simulatedPairs;

    /// <summary>Share of all units that meet one of the two arms, as it stood last; 1 for a shadow pair, which sees every request of the champion.</summary>
    internal double SharesTogether =>
        experiment.Grade == ValueGrade.ShadowPair || shares.Count == 0 ? 1 : Together(shares.MaxBy(share => share.Key).Value);

    static double Together((double Mine, double Other) both) => both.Mine + both.Other;

    /// <summary>The difference with its interval of all times together; NaN bounds before the first look.</summary>
    internal ArmDifference Read()
    {
        var difference =
            experiment.Grade == ValueGrade.ShadowPair ? Pairs()
            : arms.Decisions > 0 ? arms.Difference()
            : default;
        var isEarly = Math.Min(difference.Units, difference.AgainstUnits) < experiment.FirstLook;
        var found = difference.Estimate;
        return difference with
        {
            Estimate = isEarly
                ? new(double.NaN, double.NaN, double.NaN, double.NaN)
                : MeanSequence.Of(
                    found.Value,
                    found.StandardError,
                    difference.Decisions,
                    experiment.PlannedDecisions,
                    experiment.Level
                ),
        };
    }

    internal Verdict VerdictOf(ArmDifference difference) =>
        split.IsSound ? Verdicts.Of(difference.Estimate, experiment.MinimumDifference) : Verdict.Undecided;

    ArmDifference Pairs()
    {
        var mean = new ClusteredMean(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(pairs), pairUnits.Count);
        return new(mean.Estimate, mean.Units, mean.Units, pairs.Count);
    }
}
