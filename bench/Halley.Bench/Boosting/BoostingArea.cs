using Halley.Boosting;

namespace Halley.Bench;

/// <summary>How fast trees are grown, beside LightGBM's native library on the same rows, settings and threads.</summary>
sealed class BoostingArea : IArea
{
    public string Name => "boosting";

    public IEnumerable<Figure> Measure(BenchOptions options)
    {
        if (Shared.Has(FrenchFile.Relative, "boosting.motor*, boosting.small"))
        {
            var motor = BoostingCases.French();
            foreach (var figure in Train("boosting.motor", motor, 100, 2, options.Repetitions, binning: true))
                yield return figure;
            foreach (var figure in Train("boosting.motor_one_thread", motor, 100, 1, options.Repetitions))
                yield return figure;
            foreach (var figure in Train("boosting.small", BoostingCases.French(10_000), 200, 1, options.Quick ? 5 : 20))
                yield return figure;
            yield return LoadedSlowdown(BoostingCases.French(10_000));
        }
        foreach (
            var figure in Train("boosting.large", BoostingCases.Normal(2_000_000), 100, 2, options.Quick ? 1 : 5, binning: true)
        )
            yield return figure;
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
