using System.Globalization;
using Halley.Data;
using Halley.Kernels;

namespace Halley.Boosting;

/// <summary>Looks for settings by cross-validation; hopeless ones are left after the folds that show it.</summary>
/// <remarks>
/// The given settings are tried first. Half of the trials are drawn at random (Bergstra and Bengio 2012, JMLR 13, 281–305); the others
/// turn some dials of the best so far. Same rows, folds, settings and seed give the same trials on any number of threads.
/// </remarks>
/// <param name="start">Settings to begin with; what no dial turns stays as it is.</param>
public sealed class BoostingSearch(BoostingOptions start, BoostingSearchOptions options)
{
    /// <summary>How far a dial is turned from the best so far, as a share of its range.</summary>
    const double Turn = 0.15;

    /// <summary>A loss of one's own in place of the options' objective.</summary>
    internal ICustomObjective? Custom { get; init; }

    /// <summary>
    /// The learn rows as each fold has them, shape (folds)(n), where a column, such as another model's score, is another one in each; null for
    /// the same rows in all.
    /// </summary>
    public IReadOnlyList<Table>? FoldRows { get; init; }

    readonly IReadOnlyList<SearchDial> dials = SearchDial.Standard;

    /// <summary>Searches.</summary>
    /// <param name="set">Rows to learn on; its validation rows are not looked at.</param>
    /// <param name="folds">Shape (learn rows): the fold that holds each row out, 0 … count − 1, none of them empty.</param>
    /// <exception cref="HalleyException">HLY2231: settings or folds can't be used; else as <see cref="BoostingTrainer.Fit"/>.</exception>
    public BoostingSearchResult Run(
        TrainingSet set,
        IReadOnlyList<int> folds,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        Check(set, folds);
        // A power that is searched beside a dispersion is one for all trials.
        var trainer = new BoostingTrainer(start) { Custom = Custom, Threads = options.Threads };
        if (trainer.SearchesPower)
            start = start with { TweediePower = trainer.PowerInBrief(set with { Validation = null }, null, cancellation) };
        // 1. Each fold is binned once, for all trials.
        var parts = Prepare(set, folds, progress.Part(0, 0.05), cancellation);
        var trials = new List<BoostingTrial>();
        var (best, bestCurves) = (default(BoostingTrial), default(FoldCurves));
        for (var number = 1; number <= options.Trials; number++)
        {
            // 2. Settings: the given ones, drawn ones, and neighbours of the best.
            var tried = number == 1 ? start : Propose(number, best!.Options);
            // 3. Fold by fold, as long as there is hope.
            var curves = new FoldCurves();
            foreach (var part in parts)
            {
                curves.Add(part.Weight, Curve(part.Set, tried, cancellation));
                Report(progress, number, curves.Count / (double)parts.Count, best);
                if (curves.Count < parts.Count && bestCurves is not null && curves.IsHopelessAgainst(bestCurves))
                    break;
            }
            var (rounds, deviance) = curves.Together();
            var isComplete = curves.Count == parts.Count;
            var trial = new BoostingTrial(
                number,
                isComplete ? tried with { Rounds = Math.Max(1, rounds), AutomaticRounds = false } : tried,
                deviance,
                rounds,
                curves.Count,
                isComplete
            );
            trials.Add(trial);
            if (isComplete && (best is null || trial.Deviance < best.Deviance))
                (best, bestCurves) = (trial, curves);
        }
        return new(trials, best!);
    }

    void Check(TrainingSet set, IReadOnlyList<int> folds)
    {
        var problems = options.Validate().Concat(start.Validate()).ToList();
        if (folds.Count != set.Learn.RowCount)
            problems.Add($"There are {folds.Count} folds for {set.Learn.RowCount} rows.");
        else if (folds.Any(fold => fold < 0) || folds.Distinct().Count() is var count && (count < 2 || folds.Max() != count - 1))
            problems.Add("Folds are numbered from 0 on without a gap, and there are two or more.");
        else if (FoldRows is { } tables && (tables.Count != count || tables.Any(own => own.RowCount != folds.Count)))
            problems.Add($"Rows by fold are {tables.Count} tables; there are {count} folds of {folds.Count} rows.");
        if (problems.Count > 0)
            throw new HalleyException("HLY2231", $"settings can't be searched: {string.Join(" ", problems)}");
    }

    List<(PreparedSet Set, double Weight)> Prepare(
        TrainingSet set,
        IReadOnlyList<int> folds,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation
    )
    {
        var trainer = new BoostingTrainer(start) { Custom = Custom, Threads = options.Threads };
        var count = folds.Max() + 1;
        var parts = new List<(PreparedSet, double)>();
        for (var fold = 0; fold < count; fold++)
        {
            progress?.Report(new("binning the folds", fold / (double)count));
            var rows = FoldRows is null ? set.Learn : FoldRows[fold];
            var part = set with
            {
                Learn = Rows(rows, folds, row => row != fold),
                Validation = Rows(rows, folds, row => row == fold),
            };
            var prepared = trainer.Prepare(part, cancellation: cancellation);
            parts.Add((prepared, prepared.Validation!.Vectors.Weight.Sum()));
        }
        return parts;
    }

    static Table Rows(Table table, IReadOnlyList<int> folds, Func<int, bool> isTaken) =>
        table.Take([.. Enumerable.Range(0, folds.Count).Where(row => isTaken(folds[row]))]);

    /// <summary>Held-out deviances of one fold, by round.</summary>
    double[] Curve(PreparedSet fold, BoostingOptions tried, CancellationToken cancellation)
    {
        // A slower learner needs as much patience for the same way.
        var patience = Math.Max(10, (int)Math.Ceiling(start.Patience * start.LearningRate / tried.LearningRate));
        var trial = tried with
        {
            Rounds = options.MaximumRounds,
            Patience = patience,
            AveragedSeeds = 1,
            EstimateTweediePower = tried is { EstimateTweediePower: true, FitsSpread: false },
        };
        var fit = new BoostingTrainer(trial) { Custom = Custom, Threads = options.Threads }.Grow(
            fold,
            cancellation: cancellation
        );
        return [.. fit.Curve.Select(round => round.Validation!.Value)];
    }

    BoostingOptions Propose(int number, BoostingOptions best)
    {
        var isDrawn = number <= 1 + options.Trials / 2;
        var (proposed, stream) = (best, (ulong)number);
        // One dial at least is turned.
        var surely = CounterRandom.Integer(options.Seed, stream, 0, dials.Count);
        for (var index = 0; index < dials.Count; index++)
        {
            var (chance, draw) = ((ulong)(2 * index + 1), (ulong)(2 * index + 2));
            if (isDrawn)
                proposed = dials[index].At(proposed, CounterRandom.Uniform(options.Seed, stream, draw));
            else if (index == surely || CounterRandom.Uniform(options.Seed, stream, chance) < 0.4)
                proposed = dials[index].At(proposed, Turned(dials[index].PlaceOf(best), stream, draw));
        }
        return proposed;
    }

    double Turned(double place, ulong stream, ulong draw) =>
        Math.Clamp(place + Turn * CounterRandom.Normal(options.Seed, stream, draw), 0, 1);

    void Report(IProgress<FitProgress>? progress, int number, double share, BoostingTrial? best) =>
        progress?.Report(
            new(
                "trying settings",
                0.05 + 0.95 * (number - 1 + share) / options.Trials,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"trial {number}{(best is null ? "" : $", best {best.Deviance:F6} (trial {best.Number})")}"
                )
            )
        );
}
