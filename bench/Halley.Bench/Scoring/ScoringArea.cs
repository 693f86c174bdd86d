using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using Halley.Boosting;
using Halley.Data;

namespace Halley.Bench;

/// <summary>Raw scores of the models of the shared folder: batches on one thread, and one row a call.</summary>
sealed class ScoringArea : IArea
{
    const string Folder = "oracles/scoring/";
    const string LeafWise = Folder + "lightgbm-1000x31.txt.gz";
    const string Symmetric = Folder + "catboost-1000x6.cbm";

    public string Name => "scoring";

    public IEnumerable<Figure> Measure(BenchOptions options)
    {
        if (!Shared.Has(LeafWise, "all") || !Shared.Has(FrenchFile.Relative, "all"))
            yield break;
        var rows = new ScoringRows(FrenchFile.Load());
        var leafWise = ForeignModelFile.Read(Shared.Path(LeafWise)).ToEnsemble();
        var symmetric = ForeignModelFile.Read(Shared.Path(Symmetric)).ToEnsemble();
        CheckScores(leafWise, rows, 1);
        CheckScores(symmetric, rows, 2);
        using var rival = new LightGbmScorer(Unpacked(LeafWise));
        var theirs = new double[rows.Count];
        var settings =
            "67,801 test rows, raw scores, processor time of one thread, best of the repetitions; scores checked against the library's own";
        var rivalNanoseconds = Nanoseconds(() => rival.Score(rows.RowMajor, rows.Count, theirs), 2) / rows.Count / 1000;
        var leafWiseNanoseconds = BatchNanoseconds(leafWise, rows, options);
        yield return new(
            "scoring.leafwise_ns",
            leafWiseNanoseconds,
            "ns per tree and row",
            "LightGBM 4.7 Predict, one thread",
            rivalNanoseconds,
            rivalNanoseconds / leafWiseNanoseconds,
            settings
        );
        yield return new(
            "scoring.symmetric_ns",
            BatchNanoseconds(symmetric, rows, options),
            "ns per tree and row",
            Settings: settings
        );
        var (middle, late, allocated) = OneRow(leafWise, rows);
        const string OneRowSettings =
            "lightgbm-1000x31, 5,000 distinct rows in shuffled order after 1,000 calls, best of 5 passes, wall clock";
        yield return new("scoring.one_p50_us", middle, "us", Settings: OneRowSettings);
        yield return new("scoring.one_p99_us", late, "us", Settings: OneRowSettings);
        yield return new("scoring.one_allocated_bytes", allocated, "bytes a call", Settings: OneRowSettings);
    }

    static double BatchNanoseconds(TreeEnsemble trees, ScoringRows rows, BenchOptions options)
    {
        var eta = new double[SlotBlock.BatchCapacity];
        return Nanoseconds(
                () =>
                {
                    foreach (var block in rows.Blocks)
                        trees.Score(block, ScoringRows.Slots, eta);
                },
                2 * options.Repetitions
            )
            / rows.Count
            / trees.TreeCount;
    }

    /// <summary>The least processor time of the repetitions, after warm-up until the code is compiled in full.</summary>
    static double Nanoseconds(Action action, int repetitions)
    {
        action();
        action();
        var best = double.PositiveInfinity;
        using var process = Process.GetCurrentProcess();
        for (var i = 0; i < repetitions; i++)
        {
            process.Refresh();
            var start = process.TotalProcessorTime;
            action();
            process.Refresh();
            best = Math.Min(best, (process.TotalProcessorTime - start).TotalNanoseconds);
        }
        return best;
    }

    static (double Middle, double Late, double Allocated) OneRow(TreeEnsemble trees, ScoringRows rows)
    {
        const int Rows = 5000;
        // Multiplication by an odd number shuffles, the same way each time.
        var order = Enumerable.Range(0, rows.Count).OrderBy(row => (uint)row * 2654435761u);
        var blocks = order
            .Take(Rows)
            .Select(row =>
            {
                var block = new SlotBlock(rows.Columns.Length, 1);
                for (var column = 0; column < rows.Columns.Length; column++)
                    block[column][0] = rows.Columns[column][row];
                return block;
            })
            .ToArray();
        var eta = new double[1];
        for (var call = 0; call < 30_000; call++)
            trees.Score(blocks[call % 1000], ScoringRows.Slots, eta);
        var (middle, late, allocated) = (double.PositiveInfinity, double.PositiveInfinity, 0L);
        for (var pass = 0; pass < 5; pass++)
        {
            var times = new double[Rows];
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var call = 0; call < Rows; call++)
            {
                var start = Stopwatch.GetTimestamp();
                trees.Score(blocks[call], ScoringRows.Slots, eta);
                times[call] = (Stopwatch.GetTimestamp() - start) * 1e6 / Stopwatch.Frequency;
            }
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Array.Sort(times);
            if (times[Rows / 2] < middle)
                (middle, late) = (times[Rows / 2], times[Rows * 99 / 100]);
        }
        return (middle, late, (double)allocated / Rows);
    }

    /// <summary>A speed of wrong scores is no figure.</summary>
    static void CheckScores(TreeEnsemble trees, ScoringRows rows, int column)
    {
        using var reader = new StreamReader(
            new GZipStream(File.OpenRead(Shared.Path(Folder + "raw.csv.gz")), CompressionMode.Decompress)
        );
        reader.ReadLine();
        var eta = new double[SlotBlock.BatchCapacity];
        foreach (var block in rows.Blocks)
        {
            trees.Score(block, ScoringRows.Slots, eta);
            for (var row = 0; row < block.RowCount; row++)
            {
                var expected = double.Parse(reader.ReadLine()!.Split(',')[column], CultureInfo.InvariantCulture);
                if (Math.Abs(eta[row] - expected) > 1e-12 * Math.Max(1, Math.Abs(expected)))
                    throw new InvalidOperationException(
                        $"row {block.FirstRow + row}: the score is {eta[row]}, and the library's {expected}."
                    );
            }
        }
    }

    static string Unpacked(string file)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(Shared.Path(file)), CompressionMode.Decompress));
        return reader.ReadToEnd();
    }
}
