using Halley.Sources.Generation;

namespace Halley.Bench;

/// <summary>How fast and how lean data come in.</summary>
sealed class DataArea : IArea
{
    public string Name => "data";

    public IEnumerable<Figure> Measure(BenchOptions options)
    {
        yield return GenerateRate(options);
        if (!Shared.Has(FrenchFile.Relative, "data.load_seconds, data.load_peak_mb"))
            yield break;
        var (ours, theirs) = Paired.Seconds(() => FrenchFile.Load(), FrenchFile.LoadIntoDuckDb, options.Repetitions);
        yield return new(
            "data.load_seconds",
            ours,
            "s",
            "DuckDB CREATE TABLE AS SELECT * FROM read_csv",
            theirs,
            theirs / ours,
            "freMTPL2_clean.csv.gz, 678,007 rows x 14, two threads, file cached"
        );
        if (ChildTasks.Measure("load-french") is { } loaded && ChildTasks.Measure("load-nothing") is { } nothing)
            yield return new(
                "data.load_peak_mb",
                loaded - nothing,
                "MB",
                Settings: $"VmHWM {loaded:0} MB less {nothing:0} MB of a process that loads nothing"
            );
    }

    /// <summary>Policy-years a second into tables in memory, with claims and quotes.</summary>
    static Figure GenerateRate(BenchOptions options)
    {
        var portfolio = new PortfolioOptions { Policies = 200_000, Threads = 2 };
        var years = 0.0;
        var seconds = Paired.MedianSeconds(
            () =>
            {
                var made = Portfolio.Generate(portfolio);
                years = made.Policies.Exposure("exposure").Years.ToArray().Sum();
            },
            options.Repetitions
        );
        return new(
            "data.generate_rows_per_second",
            years / seconds,
            "policy-years/s",
            Settings: "200,000 policies over 3 years with claims and quotes, two threads"
        );
    }
}
