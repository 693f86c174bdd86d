using System.Globalization;
using Halley.Data;

namespace Halley.Boosting;

public sealed partial class BoostingTrainer
{
    /// <summary>Trees of the fit that tells what single columns leave to combinations.</summary>
    const int PilotRounds = 100;

    BoostingLoss NewLoss() => Custom is null ? BoostingLoss.Of(Options) : new CustomLoss(Custom);

    RowVectors Vectors(TrainingSet set, Table rows, string part)
    {
        var vectors = RowVectors.Of(set, rows);
        TrainingChecks.Run(NewLoss(), set, part, vectors);
        return vectors;
    }

    PreparedSet Bin(TrainingSet set, RowVectors learn, Balance balance, double start, int threads, CancellationToken cancellation)
    {
        var mass = Options.WeightedBins ? learn.Weight : null;
        var plan = StatisticPlan.Of(
            Options,
            set,
            () =>
                IsOfClasses ? StatisticVolumes.OfClasses(learn, Options.Classes) : [StatisticVolumes.Of(NewLoss(), learn, start)],
            () => Pilot(set, learn, balance, start, threads, cancellation),
            threads
        );
        var plain = new BinBuilder(Options.MaximumBins, mass).Build(
            set.Learn,
            plan?.Plain ?? set.Features,
            threads,
            cancellation
        );
        if (plan is null)
            return Bound(set, learn, balance, start, new(Inputs(set, plain), plain, [], []), null, threads, cancellation);
        var bins = new BinBuilder(Options.Statistics.Bins, mass).Build(plan.Columns, plan.First, threads, cancellation);
        var (codes, statistics) = plan.Derived();
        TrainingColumns columns = new(Inputs(set, plain), [.. plain, .. bins], codes, statistics);
        return Bound(set, learn, balance, start, columns, plan, threads, cancellation);
    }

    /// <summary>Binned rows as they are scored, and as trees are grown on them.</summary>
    PreparedSet Bound(
        TrainingSet set,
        RowVectors learn,
        Balance balance,
        double start,
        TrainingColumns columns,
        StatisticPlan? plan,
        int threads,
        CancellationToken cancellation
    )
    {
        var own = Encode(set.Learn);
        return new(set, balance, start)
        {
            Learn = new(Scored(own, set.Learn), learn, Numbers(set.Learn)),
            Validation = set.Validation is null
                ? null
                : new(
                    Scored(Encode(set.Validation), set.Validation),
                    Vectors(set, set.Validation, "validation"),
                    Numbers(set.Validation)
                ),
            Orders = plan is null ? [] : plan.InOrders(own, cancellation),
            Columns = columns,
        };

        BinnedTable Encode(Table rows) => BinnedTable.Of(rows, columns.Bins, threads, cancellation);

        BinnedTable Scored(BinnedTable table, Table rows) =>
            plan is null ? table : table.With(plan.Scored(rows), threads, cancellation);

        double[]?[]? Numbers(Table rows) => Options.LinearLeaves ? PreparedRows.NumbersOf(rows, columns.Bins) : null;
    }

    bool IsOfClasses => IsJoint && Options.Objective == BoostingObjective.Multiclass;

    /// <summary>Slopes at the scores of a short fit without combinations; of classes each one's.</summary>
    PilotSlopes[] Pilot(
        TrainingSet set,
        RowVectors learn,
        Balance balance,
        double start,
        int threads,
        CancellationToken cancellation
    )
    {
        var brief = Options with
        {
            Rounds = Math.Min(Options.Rounds, PilotRounds),
            LearningRate = Math.Max(Options.LearningRate, 0.1),
            Statistics = Options.Statistics with { CombinationSize = 1 },
            Mode = BoostingMode.Gradient,
            OrderedBoosting = false,
            FitsSpread = false,
        };
        var trainer = new BoostingTrainer(brief) { Custom = Custom, Threads = Threads };
        var prepared = trainer.Bin(set with { Validation = null }, learn, balance, start, threads, cancellation);
        if (IsOfClasses)
        {
            var joint = new JointRun(trainer.Options, prepared, JointLoss.Of(trainer.Options)!, threads, cancellation);
            trainer.Grow(joint, 0, null);
            return joint.Slopes();
        }
        var run = trainer.NewRun(prepared, 0, threads, cancellation);
        trainer.Grow(run, 0, null);
        return [PilotSlopes.Of(run.Loss, learn, run.LearnEta)];
    }

    /// <summary>Every feature, in order; those told by statistics alone have no bins of their own.</summary>
    static ScorerInput[] Inputs(TrainingSet set, FeatureBins[] plain)
    {
        var binned = plain.ToDictionary(bins => bins.Input.Name, bins => bins.Input, StringComparer.Ordinal);
        return
        [
            .. set.Features.Select(name =>
                binned.TryGetValue(name, out var input)
                    ? input
                    : new(name, FieldKind.Category, set.Learn.Categorical(name).Levels)
            ),
        ];
    }

    BoostingRun NewRun(PreparedSet prepared, int member, int threads, CancellationToken cancellation)
    {
        var options = Options with { Seed = Options.Seed + (ulong)member };
        return new(options, prepared, NewLoss(), threads, cancellation);
    }

    void CheckSnapshots()
    {
        if (Snapshots is null)
            return;
        if (Snapshots.EveryRounds < 1)
            BoostingErrors.ThrowNoSnapshots(
                $"one every {Snapshots.EveryRounds} rounds is not possible. Give a number of rounds from 1."
            );
        if (IsJoint)
            BoostingErrors.ThrowNoSnapshots("a fit of several scores a row takes none. Leave one of the two out.");
        if (Options.OrderedBoosting)
            BoostingErrors.ThrowNoSnapshots("ordered boosting keeps more than a snapshot holds. Leave one of the two out.");
    }

    SnapshotFile? SnapshotOf(PreparedSet prepared, int member) =>
        Snapshots is null
            ? null
            : new(
                Snapshots.Folder,
                member,
                FitIdentity.Of(Options with { Seed = Options.Seed + (ulong)member }, NewLoss().Name, prepared)
            );

    void Grow(BoostingRun run, int member, IProgress<FitProgress>? progress, SnapshotFile? snapshot = null)
    {
        if (snapshot is null || !snapshot.TryResume(run))
            run.Derive();
        while (run.Rounds < Options.Rounds && !run.OutOfPatience && run.Grow())
        {
            run.Derive();
            if (snapshot is not null && run.Rounds % Snapshots!.EveryRounds == 0)
                snapshot.Write(run);
            var done = (member + (double)run.Rounds / Options.Rounds) / Options.AveragedSeeds;
            progress?.Report(new("trees", done, run.Latest));
        }
    }

    /// <summary>What would help where the fit stopped short of its best; null where nothing is amiss.</summary>
    string? Advice(int rounds, bool isValidated, int bestRound, bool isOutOfPatience)
    {
        if (Options.Rounds == 0)
            return "No number of rounds gained on rows held out in turn: the model is a constant. Add features or rows.";
        if (rounds == 0)
            return "No cut was allowed: the model is a constant. Lower MinimumLeafRows, MinimumLeafHessian or MinimumGain.";
        if (isValidated && rounds == Options.Rounds && !isOutOfPatience)
            return string.Create(
                CultureInfo.InvariantCulture,
                $"Rounds ran out before patience did: the best is round {bestRound} of {rounds}. Raise Rounds or LearningRate."
            );
        return null;
    }
}
