using System.Globalization;
using Halley.Boosting;
using Halley.Data;
using Halley.Kernels;
using Halley.Reports;

namespace Halley.Bench;

/// <summary>How training time grows with rows, columns, leaves and threads, beside what the machine's memory and caches allow.</summary>
static class BoostingGrowth
{
    internal const string Prefix = "boosting.growth.";

    const string MemoryLimit = "_memory_limit";
    const string CacheLimit = "_cache_limit";
    const int Trees = 20;
    const int UsualRows = 1_000_000;
    const int UsualColumns = 10;
    const int UsualLeaves = 31;

    /// <summary>A row's place and its packed gradient, read for each row that a histogram takes in.</summary>
    const int BytesOfRow = 8;

    /// <summary>A histogram's cell read and written for each bin.</summary>
    const int BytesOfUpdate = 16;

    static readonly (string Kind, string Words, int[] Sizes)[] Axes =
    [
        ("rows_", "rows", [10_000, 100_000, 1_000_000, 10_000_000]),
        ("columns_", "columns", [10, 30, 100, 300, 1_000]),
        ("leaves_", "leaves", [7, 15, 31, 63, 127, 255]),
        ("threads_", "threads", [.. Enumerable.Range(0, 8).Select(power => 1 << power).Where(IsHere)]),
    ];

    internal static IEnumerable<Figure> Measure(BenchOptions options)
    {
        foreach (var (kind, _, sizes) in Axes)
        {
            if (!options.Wants(Prefix + kind))
                continue;
            foreach (var size in sizes)
            {
                var id = Prefix + kind + size.ToString(CultureInfo.InvariantCulture);
                // The largest alone take longer than a quick run may.
                if (!options.Wants(id) || (options.Quick && size is > 1_000_000 or 1_000))
                    continue;
                var (rows, columns, leaves, threads) = kind switch
                {
                    "rows_" => (size, UsualColumns, UsualLeaves, Machine.Threads),
                    "columns_" => (100_000, size, UsualLeaves, Machine.Threads),
                    "leaves_" => (UsualRows, UsualColumns, size, Machine.Threads),
                    _ => (UsualRows, UsualColumns, UsualLeaves, size),
                };
                foreach (var figure in Of(id, rows, columns, leaves, threads, options))
                    yield return figure;
            }
        }
    }

    /// <summary>PNG images by name, from the figures that there are.</summary>
    internal static IEnumerable<(string Name, byte[] Image)> Charts(IReadOnlyList<Figure> figures)
    {
        var byId = figures
            .Where(figure => figure.Id.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(figure => figure.Id);
        foreach (var (kind, words, sizes) in Axes)
        {
            string[] ids =
            [
                .. sizes.Select(size => Prefix + kind + size.ToString(CultureInfo.InvariantCulture)).Where(byId.ContainsKey),
            ];
            if (ids.Length < 2)
                continue;
            Series Line(string name, Func<string, double?> of) =>
                new(name, [.. ids.Select(id => of(id) is { } seconds ? Math.Log10(seconds) : double.NaN)]);
            yield return (
                "boosting-growth-" + words,
                new LevelPlot
                {
                    Title = $"{Trees} boosted trees by {words}",
                    Horizontal = words,
                    Vertical = "seconds, power of ten",
                    Levels = [.. ids.Select(id => id[(Prefix + kind).Length..])],
                    Series =
                    [
                        Line("Halley", id => byId[id].Value),
                        Line("LightGBM 4.7", id => byId[id].RivalValue),
                        Line("limit: memory", id => byId[id + MemoryLimit].Value),
                        Line("limit: second cache", id => byId[id + CacheLimit].Value),
                    ],
                }
                    .Draw()
                    .ToPng()
            );
        }
    }

    static bool IsHere(int threads) => threads <= Machine.Threads;

    static IEnumerable<Figure> Of(string id, int rows, int columns, int leaves, int threads, BenchOptions options)
    {
        var work = Normal(rows, columns, leaves);
        var trainer = new BoostingTrainer(work.Options) { Threads = threads };
        var prepared = trainer.Prepare(work.Set);
        var settings = work.LightGbmSettings(threads).Replace("num_leaves=31", $"num_leaves={leaves}", StringComparison.Ordinal);
        using var rival = work.BinForLightGbm(threads);
        var fit = default(BoostingFit);
        var (ours, theirs) = Paired.Seconds(
            () => fit = trainer.Grow(prepared),
            () => rival.Train(settings, Trees),
            rows > UsualRows ? 1 : options.Repetitions
        );
        var visits = RowsInHistograms(fit!.Trees);
        var machine = Bandwidth.Measure(threads);
        var what = string.Create(
            CultureInfo.InvariantCulture,
            $"{rows:N0} rows x {columns}, {leaves} leaves, {Trees} trees, {threads} threads, training without binning"
        );
        yield return new(id, ours, "s", "LightGBM 4.7.0, " + settings, theirs, theirs / ours, what);
        yield return new(
            id + MemoryLimit,
            visits * (columns + BytesOfRow) / machine.Memory,
            "s",
            Settings: string.Create(
                CultureInfo.InvariantCulture,
                $"{what}: rows that enter histograms x (a byte a column + {BytesOfRow}) over {machine.Memory / 1e9:F1} GB/s of memory"
            )
        );
        yield return new(
            id + CacheLimit,
            visits * columns * BytesOfUpdate / machine.Cache,
            "s",
            Settings: string.Create(
                CultureInfo.InvariantCulture,
                $"{what}: rows that enter histograms x columns x {BytesOfUpdate} bytes over {machine.Cache / 1e9:F1} GB/s of the second caches"
            )
        );
    }

    /// <summary>All rows at a root, and at each cut those of the smaller side: the larger side's histogram is the difference.</summary>
    static double RowsInHistograms(TreeEnsemble trees)
    {
        var nodes = trees.Nodes;
        var visits = nodes.Roots.Sum(root => nodes.Statistics[root].Rows);
        foreach (var node in nodes.All)
        {
            if (!node.IsLeaf)
                visits += Math.Min(nodes.Statistics[node.Left].Rows, nodes.Statistics[node.Left + 1].Rows);
        }
        return visits;
    }

    /// <summary>Standard normal columns and a yes or no that ten of them decide.</summary>
    static BoostingCase Normal(int rows, int columns, int leaves)
    {
        var x = new float[(long)rows * columns];
        var y = new double[rows];
        Parallel.For(
            0,
            rows,
            row =>
            {
                var values = x.AsSpan(row * columns, columns);
                for (var column = 0; column < columns; column++)
                    values[column] = (float)CounterRandom.Normal(20, (ulong)column, (ulong)row);
                var score = 0.8 * values[0] * values[1] + Math.Sin(2 * values[2]) + 0.5 * values[3] * values[3];
                for (var column = 4; column < 10; column++)
                    score += 0.3 * values[column];
                y[row] = CounterRandom.Uniform(21, 0, (ulong)row) < 1 / (1 + Math.Exp(-score)) ? 1 : 0;
            }
        );
        string[] names = [.. Enumerable.Range(0, columns).Select(column => FormattableString.Invariant($"x{column}"))];
        return new()
        {
            Set = new()
            {
                Learn = new([
                    .. names.Select(
                        (name, column) => (Column)new NumericColumn(name, BoostingCases.ColumnOf(x, column, columns))
                    ),
                    new NumericColumn("y", y),
                ]),
                Features = names,
                Target = "y",
            },
            Options = BoostingCases.Plain with { Objective = BoostingObjective.LogLoss, Rounds = Trees, MaximumLeaves = leaves },
            SingleX = x,
            Target = [.. y.Select(value => (float)value)],
            Objective = "binary",
            Deviance = _ => double.NaN,
        };
    }
}
