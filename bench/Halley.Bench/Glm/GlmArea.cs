using Halley.Glm;

namespace Halley.Bench;

/// <summary>Generalised linear models beside R, in one run.</summary>
sealed class GlmArea : IArea
{
    const int Threads = 2;

    public string Name => "glm";

    public IEnumerable<Figure> Measure(BenchOptions options)
    {
        foreach (var figure in Scoring(options))
            yield return figure;
        foreach (var figure in GlmGrowth.Measure(options))
            yield return figure;
        if (!Shared.Has(FrenchFile.Relative, "glm.french3, glm.wide, glm.gam"))
            yield break;
        if (ChildTasks.Measure("glm-french-extra") is { } extra)
            yield return new(
                "glm.french3_extra_mb",
                extra,
                "MB",
                Settings: "peak resident memory during the first fit of a process, less what the table left"
            );
        using var r = RSession.Start("glm.french3, glm.wide, glm.path, glm.gam");
        if (r is null)
            yield break;
        yield return French(r, options);
        yield return Gam(r, options);
        foreach (var figure in Wide(r, options))
            yield return figure;
        foreach (var figure in Paths(r, options))
            yield return figure;
    }

    public IEnumerable<(string Name, byte[] Image)> Charts(IReadOnlyList<Figure> figures) => GlmGrowth.Charts(figures);

    static Figure French(RSession r, BenchOptions options)
    {
        var set = FrenchGlm.Set;
        GlmFit? fit = null;
        var (ours, theirs, deviance) = InTurn(
            () => fit = new GlmTrainer(FrenchGlm.Options(Threads)).Fit(set),
            () => r.Run("glm3"),
            options.Repetitions
        );
        return new(
            "glm.french3",
            ours,
            "s",
            "R glm + summary",
            theirs,
            theirs / ours,
            $"610,206 rows, {fit!.Coefficients.Count} parameters, table to fitted with standard errors, {Threads} threads; "
                + $"deviance {fit.Deviance:R}, R {deviance:R}"
        );
    }

    /// <summary>One thread each, so processor time tells them apart also where other work takes turns on the machine.</summary>
    static Figure Gam(RSession r, BenchOptions options)
    {
        var set = FrenchGlm.Set;
        GlmFit? fit = null;
        var (ours, theirs, deviance) = InTurn(
            () => fit = new GlmTrainer(FrenchGlm.GamOptions(threads: 1)).Fit(set),
            () => r.Run("gam"),
            options.Repetitions,
            Paired.ProcessorSeconds
        );
        return new(
            "glm.gam",
            ours,
            "s",
            "mgcv bam(discrete = TRUE), fREML, cubic splines, nthreads = 1",
            theirs,
            theirs / ours,
            $"610,206 rows, four smooths of 20 and 38 parametric coefficients, one thread, processor time; "
                + $"deviance {fit!.Deviance:R} on {fit.EffectiveDegrees:F2} degrees of freedom, mgcv {deviance:R}"
        );
    }

    static IEnumerable<Figure> Wide(RSession r, BenchOptions options)
    {
        foreach (var family in (string[])["poisson", "binomial", "gamma", "tweedie"])
        {
            foreach (var (penalty, ratio) in new[] { ("ridge", 0.0), ("lasso", 1.0) })
            {
                var problem = new WideProblem(family, ratio);
                var objective = 0.0;
                void Solve() => objective = problem.Solve();
                var id = $"glm.wide.{family}_{penalty}";
                var settings =
                    $"610,206 rows, {problem.ColumnCount} columns, strength 0.001, design ready, solve only; objective ";
                if (family is "gamma" or "tweedie")
                {
                    var seconds = Paired.MedianSeconds(Solve, options.Repetitions);
                    yield return new(id, seconds, "s", Settings: $"{settings}{objective:R}; glmnet has no fast code for it");
                    continue;
                }
                var (ours, theirs, reached) = InTurn(Solve, () => r.Run($"wide {family} {ratio}"), options.Repetitions);
                yield return new(
                    id,
                    ours,
                    "s",
                    "glmnet thresh 1e-7",
                    theirs,
                    theirs / ours,
                    $"{settings}{objective:R}, glmnet {reached:R}"
                );
            }
        }
    }

    static IEnumerable<Figure> Paths(RSession r, BenchOptions options)
    {
        foreach (
            var (id, rows, columns, threshold) in new[]
            {
                ("glm.path.tall", 10_000, 100, 1e-7),
                ("glm.path.wide", 1_000, 2_000, 1e-9),
            }
        )
        {
            var problem = new GaussianPath(rows, columns);
            var file = problem.WriteTemporary();
            var objective = 0.0;
            var (ours, theirs, reached) = InTurn(
                () => objective = problem.Solve(),
                () => r.Run(FormattableString.Invariant($"path {file} {threshold}")),
                options.Repetitions
            );
            File.Delete(file);
            yield return new(
                id,
                ours,
                "s",
                FormattableString.Invariant($"glmnet thresh {threshold}"),
                theirs,
                theirs / ours,
                $"{rows} x {columns}, 100 strengths, {Threads} threads (glmnet: one); last objective {objective:R}, glmnet {reached:R}"
            );
        }
    }

    static IEnumerable<Figure> Scoring(BenchOptions options)
    {
        var (rate, one, bytes) = new TariffScoring().Measure(options.Repetitions);
        yield return new(
            "glm.score_rows_per_second",
            rate,
            "rows/s",
            Settings: "one thread, 50-parameter tariff, columns loaded, exp included"
        );
        yield return new(
            "glm.score_one_ns",
            one,
            "ns",
            Settings: $"mean of 1e6 calls over 10,000 rows, {bytes} bytes allocated in all"
        );
    }

    /// <summary>Medians of both in turn, R timing itself, after one run of each that does not count; and R's figure.</summary>
    static (double Halley, double Rival, double Figure) InTurn(
        Action halley,
        Func<(double Seconds, double Figure)> rival,
        int repetitions,
        Func<Action, double>? clock = null
    )
    {
        clock ??= Paired.Seconds;
        halley();
        rival();
        var (ours, theirs, figure) = (new double[repetitions], new double[repetitions], 0.0);
        for (var i = 0; i < repetitions; i++)
        {
            ours[i] = clock(halley);
            (theirs[i], figure) = rival();
        }
        return (Paired.Median(ours), Paired.Median(theirs), figure);
    }
}
