using Halley.Data;
using Halley.Kernels;

namespace Halley.Boosting;

/// <summary>Fits gradient-boosted trees. Source of the method: Friedman (2001), Annals of Statistics 29(5), 1189–1232.</summary>
public sealed partial class BoostingTrainer(BoostingOptions options) : ITrainer
{
    public BoostingOptions Options { get; } = options;

    /// <summary>A loss of one's own, which takes the place of <see cref="BoostingOptions.Objective"/>; null for that one.</summary>
    public ICustomObjective? Custom { get; init; }

    /// <summary>Where the fit writes down how far it has come, and goes on from; null for nowhere.</summary>
    public SnapshotOptions? Snapshots { get; init; }

    /// <summary>
    /// Where automatic rounds hold folds out in turn: the learn rows as each fold has them, given the fold of each row, as
    /// <see cref="BoostingSearch.FoldRows"/>; null for the same rows in all.
    /// </summary>
    public Func<IReadOnlyList<int>, IReadOnlyList<Table>?>? FoldRows { get; init; }

    /// <summary>Threads to use; 0 for all processors. Changes no bit of the result. Default 0.</summary>
    public int Threads { get; init; }

    /// <inheritdoc/>
    FitOutcome ITrainer.Fit(TrainingSet set, IProgress<FitProgress>? progress, CancellationToken cancellation) =>
        Fit(set, progress, cancellation);

    /// <summary>Fits. Same data, options and seed give the same bytes on any number of threads.</summary>
    /// <exception cref="HalleyException">HLY2200 to HLY2208: options or data can't be used; HLY2262 to HLY2264: a snapshot can't; or HLY1001, HLY1002, HLY2001, HLY2002.</exception>
    public BoostingFit Fit(TrainingSet set, IProgress<FitProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(set);
        TrainingChecks.CheckOptions(Options);
        return SearchesPower ? FitBySearchedPower(set, progress, cancellation) : FitAtPower(set, progress, cancellation);
    }

    BoostingFit FitAtPower(TrainingSet set, IProgress<FitProgress>? progress, CancellationToken cancellation) =>
        ChoosesRounds(set)
            ? FitByFolds(set, progress, cancellation)
            : Grow(Prepare(set, progress, cancellation), progress, cancellation);

    bool IsJoint => Custom is null && JointLoss.Of(Options) is not null;

    const int SerialCells = 200_000;

    /// <summary>Steps 1 to 3: what fits of the same rows with other settings of growth can share.</summary>
    internal PreparedSet Prepare(
        TrainingSet set,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        // 1. Options, columns and targets are checked before any work.
        TrainingChecks.CheckOptions(Options);
        CheckSnapshots();
        var loss = NewLoss();
        TrainingChecks.Run(Options, loss, set);
        var (vectors, threads) = (Vectors(set, set.Learn, "learn"), WorkItems.ThreadCount(Threads));
        // 2. Scores start at the constant that balances the learn rows.
        var balance = new Balance(loss.Link, vectors, threads);
        var start = loss.Start(vectors, balance);
        if (!double.IsFinite(start))
            BoostingErrors.ThrowNoStart(set.Target, loss.Name);
        // 3. Features become bins, learnt from the learn rows alone.
        progress?.Report(new("binning", 0));
        return Bin(set, vectors, balance, start, threads, cancellation);
    }

    /// <summary>Steps 4 to 7.</summary>
    internal BoostingFit Grow(
        PreparedSet prepared,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        if (IsJoint)
            return GrowJoint(prepared, progress, cancellation);
        // 4. Each round grows a tree on the gradients at the scores so far, until rounds or patience run out; once a seed.
        var threads = ThreadsFor(prepared.Learn.Table);
        var members = new List<BoostingRun>();
        double[] eta = [];
        var rounds = 0;
        for (var member = 0; member < Options.AveragedSeeds; member++)
        {
            var run = NewRun(prepared, member, threads, cancellation);
            Grow(run, member, progress, SnapshotOf(prepared, member));
            rounds = Math.Max(rounds, run.Rounds);
            // 5. Trees behind the best round are taken back, and scores averaged.
            run.KeepBest();
            members.Add(run);
            eta = Added(eta, run.ServedEta());
        }
        var first = members[0];
        // The parameter of one seed's scores is not that of the average.
        var loss = members.Count == 1 ? first.Loss : first.Loss.Reestimated(prepared.Learn.Vectors, eta, threads);
        // 6. The base score is shifted so that predictions add up to the target.
        var before = prepared.Balance.Of(eta);
        var shift = Options.RestoreBalance && loss.PredictsMean ? prepared.Balance.Shift(eta) : 0;
        foreach (ref var score in eta.AsSpan())
            score += shift;
        // 7. Trees over bins become trees over values.
        var trees = members.SelectMany(run => run.Trees).ToList();
        foreach (var tree in trees)
            tree.Scale(1.0 / Options.AveragedSeeds);
        var advice = Advice(rounds, first.Validated, first.BestRound, first.OutOfPatience);
        return new()
        {
            Scorer = new TreeCompiler(prepared.Columns).Compile(prepared.Start + shift, trees),
            Converged = advice is null,
            Advice = advice,
            Rounds = rounds,
            BestRound = first.BestRound,
            Curve = first.Curve,
            Importance = Importance.Of(prepared.Columns, trees),
            BalanceBefore = before,
            Balance = prepared.Balance.Of(eta),
            Shape = loss.Shape,
            FittedFamily = loss.Family,
        };
    }

    /// <summary>Adds a seed's share of the scores; of one seed alone they are the scores, and need no room of their own.</summary>
    double[] Added(double[] eta, double[] own)
    {
        if (Options.AveragedSeeds == 1)
            return own;
        var sums = eta.Length == 0 ? new double[own.Length] : eta;
        Reduce.AddScaled(1.0 / Options.AveragedSeeds, own, sums);
        return sums;
    }

    /// <summary>
    /// Threads that pay for growing trees on these rows. Small data has steps of microseconds: on a busy machine each would wait for a
    /// thread that has been paused.
    /// </summary>
    int ThreadsFor(BinnedTable learn) =>
        (long)learn.RowCount * learn.Columns.Length < SerialCells ? 1 : WorkItems.ThreadCount(Threads);
}
