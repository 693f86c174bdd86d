using Halley.Boosting;

namespace Halley.Bench;

/// <summary>How fast trees are grown, beside LightGBM's native library on the same rows, settings and threads.</summary>
sealed class BoostingArea : IArea
{
    public string Name => "boosting";

    public IEnumerable<(string Name, byte[] Image)> Charts(IReadOnlyList<Figure> figures) => BoostingGrowth.Charts(figures);

    public IEnumerable<Figure> Measure(BenchOptions options)
    {
        string[] french = ["motor", "small", "symmetric", "ordered_cost", "loaded_slowdown"];
        if (
            french.Any(name => options.Wants("boosting." + name))
            && Shared.Has(FrenchFile.Relative, "boosting.motor*, .small, .symmetric, .ordered_cost, .loaded_slowdown")
        )
        {
            foreach (var figure in French(options))
                yield return figure;
        }
        if (!options.Quick && options.Wants("boosting.memory_ratio") && ChildTasks.Measure("boosting-memory") is { } memory)
            yield return new(
                "boosting.memory_ratio",
                memory,
                "x",
                Settings: "10,000,000 rows x 28, log-loss, 10 trees, 2 threads: peak resident memory of binning and training above the table, "
                    + "over 280,000,000 bytes"
            );
        if (options.Wants("boosting.large"))
        {
            var large = BoostingCases.Normal(2_000_000);
            foreach (var figure in Train("boosting.large", large, 100, 2, options.Quick ? 1 : 5, binning: true))
                yield return figure;
        }
        foreach (var figure in BoostingGrowth.Measure(options))
            yield return figure;
    }

    static IEnumerable<Figure> French(BenchOptions options)
    {
        var motor = BoostingCases.French();
        if (options.Wants("boosting.motor"))
        {
            foreach (var figure in Train("boosting.motor", motor, 100, 2, options.Repetitions, binning: true))
                yield return figure;
            foreach (var figure in Train("boosting.motor_one_thread", motor, 100, 1, options.Repetitions))
                yield return figure;
        }
        if (options.Wants("boosting.small"))
        {
            foreach (var figure in Train("boosting.small", BoostingCases.French(10_000), 200, 1, options.Quick ? 5 : 20))
                yield return figure;
        }
        if (options.Wants("boosting.symmetric"))
        {
            var symmetric = motor with
            {
                Options = motor.Options with { Growth = GrowthPolicy.Symmetric, MaximumDepth = 6, MaximumLeaves = 64 },
            };
            foreach (var figure in Train("boosting.symmetric", symmetric, 100, 2, options.Repetitions))
                yield return figure;
        }
        if (options.Wants("boosting.ordered_cost"))
            yield return OrderedCost(motor, options);
        if (options.Wants("boosting.loaded_slowdown"))
            yield return LoadedSlowdown(BoostingCases.French(10_000));
    }

    /// <summary>Bins and 100 trees with ordered statistics of the three factors, over the same with plain codes.</summary>
    static Figure OrderedCost(BoostingCase motor, BenchOptions options)
    {
        var set = BoostingCases.FrenchWithCategories();
        var ordered = new BoostingTrainer(motor.Options with { Statistics = new() { Levels = 0 } }) { Threads = 2 };
        var plain = new BoostingTrainer(motor.Options) { Threads = 2 };
        var (ours, theirs) = Paired.Seconds(() => ordered.Fit(set), () => plain.Fit(motor.Set), options.Repetitions);
        return new(
            "boosting.ordered_cost",
            ours / theirs,
            "x",
            Settings: $"610,206 rows x 9, 100 trees, 2 threads, bins included: {ours:F3} s with ordered statistics of three factors, "
                + $"{theirs:F3} s with their codes as numbers"
        );
    }

    /// <summary>Peak memory above the table while 10,000,000 x 28 are binned and trained on, over a byte a cell; null where unknown.</summary>
    internal static double? MemoryRatio()
    {
        var work = BoostingCases.Normal(10_000_000, forRival: false);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        if (!Machine.ResetPeak() || Machine.PeakMegabytes() is not { } before)
            return null;
        new BoostingTrainer(work.Options with { Rounds = 10 }) { Threads = 2 }.Fit(work.Set);
        return (Machine.PeakMegabytes() - before) * 1024 * 1024 / (10_000_000.0 * 28);
    }

    /// <summary>How many times longer a small fit on two threads takes beside two busy processes than alone; a fair share is 2.</summary>
    static Figure LoadedSlowdown(BoostingCase work)
    {
        const int Fits = 11;
        var trainer = new BoostingTrainer(work.Options with { Rounds = 200 }) { Threads = 2 };
        var prepared = trainer.Prepare(work.Set);
        using var rival = work.BinForLightGbm(2);
        var quiet = Medians();
        using var neighbours = new BusyNeighbours(2);
        var loaded = Medians();
        var (ours, theirs) = (loaded.Halley / quiet.Halley, loaded.Rival / quiet.Rival);
        return new(
            "boosting.loaded_slowdown",
            ours,
            "x",
            "LightGBM 4.7.0",
            theirs,
            theirs / ours,
            $"{work.Rows:N0} rows, 200 trees, 2 threads, beside two busy processes over alone, medians of {Fits}"
        );

        (double Halley, double Rival) Medians() =>
            (
                Paired.MedianSeconds(() => trainer.Grow(prepared), Fits),
                Paired.MedianSeconds(() => rival.Train(work.LightGbmSettings(2), 200), Fits)
            );
    }

    /// <summary>Training alone, without binning; and binning, where asked for.</summary>
    static IEnumerable<Figure> Train(string id, BoostingCase work, int rounds, int threads, int repetitions, bool binning = false)
    {
        var trainer = new BoostingTrainer(work.Options with { Rounds = rounds }) { Threads = threads };
        var prepared = trainer.Prepare(work.Set);
        using var rival = work.BinForLightGbm(threads);
        var fit = default(BoostingFit);
        var (ours, theirs) = Paired.Seconds(
            () => fit = trainer.Grow(prepared),
            () => rival.Train(work.LightGbmSettings(threads), rounds),
            repetitions
        );
        var (deviance, rivalDeviance) = (100 * fit!.Curve[^1].Learn, work.Deviance(rival.LearnMeans()));
        yield return new(
            id,
            ours,
            "s",
            "LightGBM 4.7.0, " + work.LightGbmSettings(threads),
            theirs,
            theirs / ours,
            $"{work.Rows:N0} rows x {work.Set.Features.Count}, {rounds} trees, {threads} threads, training without binning; "
                + $"learn deviance x 100: Halley {deviance:F4}, LightGBM {rivalDeviance:F4}"
                + (deviance <= rivalDeviance + 0.02 ? "" : "; NOT COMPARABLE: Halley's is more than 0.02 higher")
        );
        if (!binning)
            yield break;
        var (ourBins, theirBins) = Paired.Seconds(
            () => trainer.Prepare(work.Set),
            () => work.BinForLightGbm(threads).Dispose(),
            repetitions
        );
        yield return new(
            id + "_binning",
            ourBins,
            "s",
            "LightGBM 4.7.0",
            theirBins,
            theirBins / ourBins,
            $"bins of {work.Rows:N0} rows x {work.Set.Features.Count}, {threads} threads, from columns in memory"
        );
    }
}
