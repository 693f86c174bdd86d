using Halley.Data;

namespace Halley.Boosting.Tests;

/// <summary>Every model file of the oracles gives its library's leaves, raw scores and predictions, within the tolerances that their README states.</summary>
public sealed class LibraryOracleTests
{
    [Theory]
    [MemberData(nameof(Cases))]
    public void Leaves_are_the_librarys_own(string name, string file)
    {
        var (oracle, ensemble) = Read(name, file);
        if (!oracle.Has("leaf.csv"))
            return;
        var expected = oracle.Numbers("leaf.csv");
        var leaves = ensemble.Leaves(oracle.Inputs(ensemble), Slots(ensemble));
        var perRow = expected[0].Length;
        // A tree with a value for each output is kept once for each.
        var copies = ensemble.TreeCount / perRow;
        for (var row = 0; row < expected.Length; row++)
        {
            for (var tree = 0; tree < perRow; tree++)
                Assert.True(
                    expected[row][tree] == leaves[row * ensemble.TreeCount + tree * copies],
                    $"{name}, row {row}, tree {tree}: leaf {leaves[row * ensemble.TreeCount + tree * copies]}, not {expected[row][tree]}"
                );
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Raw_scores_are_the_librarys_own(string name, string file)
    {
        var (oracle, ensemble) = Read(name, file);
        var expected = oracle.Numbers(oracle.Has("raw_without_offset.csv") ? "raw_without_offset.csv" : "raw.csv");
        var sums = Sums(oracle, ensemble);
        for (var row = 0; row < expected.Length; row++)
        {
            for (var output = 0; output < expected[row].Length; output++)
                AssertRaw(
                    oracle,
                    expected[row][output],
                    sums[row * ensemble.OutputCount + output],
                    $"{name}, row {row}, output {output}"
                );
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Compiled_scores_equal_plain_ones_in_a_batch_and_one_by_one(string name, string file)
    {
        var (oracle, trees) = Read(name, file);
        var (inputs, slots) = (oracle.Inputs(trees), Slots(trees));
        var (batch, plain, one) = (new double[inputs.RowCount], new double[inputs.RowCount], new double[1]);
        trees.Score(inputs, slots, batch);
        trees.ScorePlain(inputs, slots, plain);

        Assert.Equal(plain.Select(BitConverter.DoubleToInt64Bits), batch.Select(BitConverter.DoubleToInt64Bits));
        var single = new SlotBlock(trees.Inputs.Count, 1);
        for (var row = 0; row < inputs.RowCount; row++)
        {
            foreach (var slot in slots)
                single[slot][0] = inputs[slot][row];
            trees.Score(single, slots, one);
            Assert.Equal(BitConverter.DoubleToInt64Bits(plain[row]), BitConverter.DoubleToInt64Bits(one[0]));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Predictions_are_the_librarys_own(string name, string file)
    {
        var oracle = new OracleCase(name);
        var expected = oracle.Numbers("prediction.csv");
        var model = ForeignModelFile.Read(oracle.PathOf(file));
        var offset = oracle.Has("offset.csv") && oracle.Has("raw_without_offset.csv") ? oracle.Numbers("offset.csv") : null;
        // The second score of a regression with uncertainty is a log standard deviation, which no link here turns into a variance.
        var outputs = name.EndsWith("uncertainty", StringComparison.Ordinal)
            ? 1
            : Math.Min(model.OutputCount, expected[0].Length);
        for (var output = 0; output < outputs; output++)
        {
            var ensemble = model.ToEnsemble(
                Options(oracle, model) with
                {
                    Output = output,
                    WithoutBase = offset is not null && oracle.Library == "xgboost",
                    Link = null,
                }
            );
            var inputs = oracle.Inputs(ensemble);
            var eta = new double[inputs.RowCount];
            ensemble.Score(inputs, Slots(ensemble), eta);
            for (var row = 0; row < expected.Length; row++)
            {
                var prediction = model.Link!.Link.Inverse(eta[row] + (offset is null ? 0 : OffsetOf(oracle, offset[row][0])));
                // Of two columns for a binary class, the second is the class's probability.
                var wanted = expected[row][model.OutputCount == 1 && expected[row].Length == 2 ? 1 : output];
                // XGBoost: a 32-bit exponential or share, and two steps of the raw score that goes into it.
                var tolerance =
                    offset is not null && oracle.Library == "xgboost" ? 1e-6 * Math.Max(1, Math.Abs(eta[row] + offset[row][0]))
                    : oracle.Library == "xgboost"
                        ? 1e-7
                            + 2.4e-7 * Math.Max(1, Math.Abs(eta[row] + (offset is null ? 0 : OffsetOf(oracle, offset[row][0]))))
                    : 2e-15;
                Assert.True(
                    prediction.Equals(wanted) || Math.Abs(prediction - wanted) <= tolerance * Math.Abs(wanted),
                    $"{name}, row {row}, output {output}: {prediction:R}, not {wanted:R}"
                );
            }
        }
    }

    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        var root = Path.Combine(ProjectRoot.Path, "..", "shared", "oracles", "models");
        foreach (
            var folder in Directory.Exists(root) ? Directory.GetDirectories(root).Order(StringComparer.Ordinal).ToArray() : []
        )
        {
            var name = Path.GetFileName(folder);
            if (name == "hostile" || name.StartsWith("onnx", StringComparison.Ordinal))
                continue;
            foreach (
                var file in Directory
                    .GetFiles(folder, "model.*")
                    .Select(path => Path.GetFileName(path).Replace(".gz", "", StringComparison.Ordinal))
                    .Order(StringComparer.Ordinal)
            )
                cases.Add(name, file!);
        }
        if (cases.Count == 0)
            cases.Add("none", "none");
        return cases;
    }

    internal static (OracleCase Oracle, TreeEnsemble Ensemble) Read(string name, string file)
    {
        var oracle = new OracleCase(name);
        var model = ForeignModelFile.Read(oracle.PathOf(file));
        return (oracle, model.ToEnsemble(Options(oracle, model)));
    }

    static ForeignOptions Options(OracleCase oracle, ForeignModel model) =>
        new()
        {
            Levels = oracle.Levels(),
            Iterations = oracle.Iterations is { } used && used <= model.Iterations && oracle.Library != "catboost" ? used : null,
            Link = model.Link is { } link ? link with { Scale = 1 } : null,
        };

    /// <summary>CatBoost holds a baseline as 32-bit floats.</summary>
    static double OffsetOf(OracleCase oracle, double offset) => oracle.Library == "catboost" ? (float)offset : offset;

    internal static int[] Slots(IScorer scorer) => [.. Enumerable.Range(0, scorer.Inputs.Count)];

    static double[] Sums(OracleCase oracle, TreeEnsemble ensemble)
    {
        var inputs = oracle.Inputs(ensemble);
        var sums = new double[inputs.RowCount * ensemble.OutputCount];
        ensemble.ScoreAll(inputs, Slots(ensemble), sums);
        return sums;
    }

    static void AssertRaw(OracleCase oracle, double expected, double actual, string place)
    {
        if (oracle.Library == "xgboost")
            expected = (float)expected;
        // LightGBM's raw score of a forest is the sum, and its prediction the mean.
        else if (
            oracle.Case.GetProperty("parameters").TryGetProperty("boosting", out var boosting)
            && boosting.GetString() == "rf"
        )
            expected /= oracle.Case.GetProperty("iterations_in_file").GetInt32();
        var objective = oracle.Case.GetProperty("objective").GetString()!;
        var booster = oracle.Case.GetProperty("parameters").TryGetProperty("booster", out var named)
            ? named.GetString()
            : "gbtree";
        var tolerance =
            oracle.Library != "xgboost" ? 0
            : booster != "gbtree" ? 3e-7 * Math.Max(1, Math.Abs(expected))
            // One step of a 32-bit float where the base is a logit or a logarithm, which the library takes in floats.
            : objective is "binary:logistic" or "count:poisson" or "reg:gamma" or "reg:tweedie"
                ? MathF.BitIncrement((float)Math.Abs(expected)) - Math.Abs(expected)
            : 0;
        Assert.True(
            expected.Equals(actual) || Math.Abs(expected - actual) <= tolerance,
            $"{place}: {actual:R}, not {expected:R}"
        );
    }
}
