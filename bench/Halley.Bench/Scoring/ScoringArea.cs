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
    const string Onnx = Folder + "lightgbm-1000x31.onnx.gz";
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
        using var rival = new LightGbmScorer(Unpacked(LeafWise), rows.Columns.Length);
        using var runtime = Shared.Has(Onnx, "scoring.*_onnx") ? new OnnxScorer(UnpackedBytes(Onnx)) : null;
        foreach (var figure in Batches(leafWise, symmetric, rows, rival, runtime, options))
            yield return figure;
        foreach (var figure in OneRow(leafWise, rows, rival, runtime))
            yield return figure;
    }

    static IEnumerable<Figure> Batches(
        TreeEnsemble leafWise,
        TreeEnsemble symmetric,
        ScoringRows rows,
        LightGbmScorer rival,
        OnnxScorer? runtime,
        BenchOptions options
    )
    {
        const string Settings =
            "67,801 test rows, raw scores, processor time of one thread, best of the repetitions; scores checked against the library's own";
        const string Unit = "ns per tree and row";
        var theirs = new double[rows.Count];
        var rivalNanoseconds =
            Nanoseconds(() => rival.Score(rows.RowMajor, rows.Count, theirs), 2) / rows.Count / leafWise.TreeCount;
        var ours = BatchNanoseconds(leafWise, rows, options);
        yield return new(
            "scoring.leafwise_ns",
            ours,
            Unit,
            "LightGBM 4.7 Predict, one thread",
            rivalNanoseconds,
            rivalNanoseconds / ours,
            Settings
        );
        if (runtime is not null)
        {
            using var all = OnnxScorer.RowsOf(rows.SingleRowMajor, rows.Count);
            CheckRuntime(runtime.Score(all), theirs);
            var onnx = Nanoseconds(() => runtime.Run(all), 2) / rows.Count / leafWise.TreeCount;
            yield return new(
                "scoring.leafwise_ns_onnx",
                ours,
                Unit,
                "ONNX Runtime 1.31, one thread",
                onnx,
                onnx / ours,
                Settings + "; the runtime's are means in 32 bits, within 1e-4 of LightGBM's"
            );
        }
        yield return new("scoring.symmetric_ns", BatchNanoseconds(symmetric, rows, options), Unit, Settings: Settings);
    }

    static IEnumerable<Figure> OneRow(TreeEnsemble trees, ScoringRows rows, LightGbmScorer rival, OnnxScorer? runtime)
    {
        const string Settings =
            "lightgbm-1000x31, 5,000 distinct rows in shuffled order, warm, best of 5 passes by the median, wall clock, one thread";
        var order = OneRowCalls.OrderOf(rows.Count);
        var blocks = order.Select(rows.BlockOf).ToArray();
        var eta = new double[1];
        var ours = OneRowCalls.Time(call => trees.Score(blocks[call], ScoringRows.Slots, eta));
        var single = order.Select(rows.RowOf).ToArray();
        var theirs = OneRowCalls.Time(call => rival.ScoreOne(single[call], eta));
        foreach (var figure in Times("", "LightGBM 4.7, its single-row call", theirs, Settings))
            yield return figure;
        yield return new("scoring.one_allocated_bytes", ours.Allocated, "bytes a call", Settings: Settings);
        if (runtime is null)
            yield break;
        var values = single.Select(row => OnnxScorer.RowsOf(Array.ConvertAll(row, value => (float)value), 1)).ToArray();
        var onnx = OneRowCalls.Time(call => runtime.Run(values[call]));
        foreach (var value in values)
            value.Dispose();
        foreach (var figure in Times("_onnx", "ONNX Runtime 1.31, one thread", onnx, Settings))
            yield return figure;

        IEnumerable<Figure> Times(string suffix, string name, OneRowCalls of, string settings) =>
            [
                new($"scoring.one_p50_us{suffix}", ours.Middle, "us", name, of.Middle, of.Middle / ours.Middle, settings),
                new($"scoring.one_p99_us{suffix}", ours.Late, "us", name, of.Late, of.Late / ours.Late, settings),
            ];
    }

    /// <summary>A runtime that answers something else is no rival. Its file ends with the link: it answers means.</summary>
    static void CheckRuntime(float[] scores, double[] expected)
    {
        for (var row = 0; row < scores.Length; row++)
        {
            if (Math.Abs(Math.Log(scores[row]) - expected[row]) > 1e-4)
                throw new InvalidOperationException(
                    $"row {row}: the mean is {scores[row]} by ONNX Runtime, and its logarithm {expected[row]} by LightGBM."
                );
        }
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

    static string Unpacked(string file) => System.Text.Encoding.UTF8.GetString(UnpackedBytes(file));

    static byte[] UnpackedBytes(string file)
    {
        using var packed = new GZipStream(File.OpenRead(Shared.Path(file)), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        packed.CopyTo(bytes);
        return bytes.ToArray();
    }
}
