using System.Globalization;
using System.Runtime.InteropServices;
using Halley.Bench;
using Halley.Data;
using Halley.Kernels;

namespace Halley.Boosting.Tests;

public sealed class MulticlassTests
{
    static readonly BoostingOptions Small = new()
    {
        Objective = BoostingObjective.Multiclass,
        Classes = 3,
        Rounds = 12,
        LearningRate = 0.2,
        MaximumLeaves = 8,
        MinimumLeafRows = 10,
        MinimumLeafHessian = 0,
        L2 = 1,
        ColumnShare = 1,
    };

    [Fact]
    public void Slopes_are_those_of_the_log_loss_of_all_classes()
    {
        const double Step = 1e-5;
        var (random, loss) = (new DeterministicRandom(3), new SoftmaxLoss(4));
        double[] weight = [1, 2, 0.5, 1, 3];
        var rows = new JointRows(new(new double[] { 0, 1, 2, 3, 1 }, weight, RowValues.Same(0, 5)), 4);
        double[] numbers = [0, 1, 2, 3, 4];
        foreach (var scores in rows.Scores)
        {
            for (var row = 0; row < scores.Length; row++)
                scores[row] = random.NextNormal();
        }
        var losses = Enumerable.Range(0, 4).Select(output => loss.Of(output, rows)).ToArray();
        loss.BeginRound(rows, 1);

        for (var output = 0; output < 4; output++)
        {
            var (gradient, hessian) = (new double[5], new double[5]);
            losses[output].Derive(numbers, weight, rows.Scores[output], gradient, hessian);
            for (var row = 0; row < 5; row++)
            {
                double At(double shift)
                {
                    var moved = Array.ConvertAll(rows.Scores, scores => (double[])scores.Clone());
                    moved[output][row] += shift;
                    // Half the deviance is the loss, over all weight.
                    return loss.MeanDeviance(rows, moved, 1) / 2 * weight.Sum();
                }
                Assert.Equal((At(Step) - At(-Step)) / (2 * Step), gradient[row], 1e-8);
                // Friedman's factor K/(K − 1) on the true second derivative.
                Assert.Equal(4.0 / 3 * (At(1e-4) - 2 * At(0) + At(-1e-4)) / 1e-8, hessian[row], 1e-5);
            }
        }
    }

    [Theory]
    [InlineData(GrowthPolicy.LeafWise)]
    [InlineData(GrowthPolicy.DepthWise)]
    public void Trees_equal_those_grown_by_brute_force(GrowthPolicy growth)
    {
        var (x, codes) = Whole(240, seed: 8);
        var weight = Enumerable.Range(0, 240).Select(row => 1.0 + row % 3).ToArray();
        var options = Small with
        {
            Rounds = 3,
            Growth = growth,
            QuantisedGradients = false,
            RestoreBalance = false,
            MinimumLeafRows = 5,
        };

        var fit = new BoostingTrainer(options).Fit(SetOf(x, codes, weight));

        var scores = new double[3][];
        for (var output = 0; output < 3; output++)
        {
            var share = codes.Zip(weight, (code, w) => code == output ? w : 0).Sum() / weight.Sum();
            scores[output] = [.. Enumerable.Repeat(Math.Log(share), 240)];
        }
        for (var round = 0; round < 3; round++)
        {
            var shares = Enumerable.Range(0, 240).Select(row => Softmax(scores.Select(of => of[row]))).ToArray();
            for (var output = 0; output < 3; output++)
            {
                var gradient = shares.Select((p, row) => weight[row] * (p[output] - (codes[row] == output ? 1 : 0))).ToArray();
                var hessian = shares.Select((p, row) => weight[row] * 1.5 * p[output] * (1 - p[output])).ToArray();
                var grown = new PlainGrowth(x, gradient, hessian, [0, 0, 0], options).Grow();
                for (var row = 0; row < 240; row++)
                    scores[output][row] += grown[row];
            }
        }
        var actual = All(fit.Trees, SetOf(x, codes, weight).Learn);
        for (var row = 0; row < 240; row++)
        {
            for (var output = 0; output < 3; output++)
                Assert.Equal(scores[output][row], actual[row * 3 + output], 1e-9);
        }
    }

    [Fact]
    public void It_is_as_good_as_the_native_lightgbm()
    {
        RequireLibrary();
        var (x, codes) = Draw(4000, seed: 5);
        var options = Small with
        {
            Rounds = 50,
            LearningRate = 0.1,
            MaximumLeaves = 12,
            MinimumLeafRows = 15,
            MinimumLeafHessian = 1e-3,
            L2 = 0,
            QuantisedGradients = false,
            RestoreBalance = false,
        };
        const string Equal =
            "objective=multiclass num_class=3 num_leaves=12 min_data_in_leaf=15 min_sum_hessian_in_leaf=1e-3 max_bin=255 "
            + "min_data_in_bin=1 num_threads=1 verbosity=-1 feature_pre_filter=false deterministic=true enable_bundle=false learning_rate=0.1";

        var fit = new BoostingTrainer(options).Fit(SetOf(x, codes));

        using var rival = LightGbmModel.Bin(RowMajor(x), Array.ConvertAll(codes, code => (float)code), null, null, Equal);
        rival.Train(Equal, 50);
        var (fresh, truth) = Draw(4000, seed: 6);
        var (block, theirs) = (BlockOf(fresh), 0.0);
        var shares = LightGbmLibrary.Predict(rival.Text(), block, 3);
        for (var row = 0; row < truth.Length; row++)
            theirs -= Math.Log(shares[row * 3 + truth[row]]) / truth.Length;
        var ours = LogLoss(fit.Trees, SetOf(fresh, truth).Learn, truth);
        Assert.Equal(1, ours / theirs, 5e-3);
        Assert.InRange(ours, 0.3, 0.9 * Math.Log(3));
    }

    [Fact]
    public void Two_classes_are_a_yes_or_no()
    {
        var (x, codes) = Draw(1500, seed: 9);
        codes = Array.ConvertAll(codes, code => Math.Min(code, 1));
        var options = Small with { Classes = 2, QuantisedGradients = false, L2 = 2, Rounds = 20 };

        var two = new BoostingTrainer(options).Fit(SetOf(x, codes));
        // Both scores step by half as far, against twice the ridge.
        var one = new BoostingTrainer(options with { Objective = BoostingObjective.LogLoss, Classes = 0, L2 = 1 }).Fit(
            SetOf(x, codes)
        );

        var (scores, eta) = (All(two.Trees, SetOf(x, codes).Learn), Scores.Of(one.Trees, SetOf(x, codes).Learn));
        for (var row = 0; row < eta.Length; row++)
            Assert.Equal(eta[row], scores[2 * row + 1] - scores[2 * row], 1e-8);
        Assert.Equal(one.Curve[^1].Learn, two.Curve[^1].Learn, 1e-9);
    }

    public static TheoryData<string, BoostingOptions> Variants =>
        new()
        {
            { "leaf-wise", Small },
            { "depth-wise", Small with { Growth = GrowthPolicy.DepthWise } },
            { "symmetric", Small with { Growth = GrowthPolicy.Symmetric } },
            { "dart", Small with { Mode = BoostingMode.Dart } },
            { "forest", Small with { Mode = BoostingMode.Forest, RowShare = 0.6 } },
            { "goss", Small with { RowSampling = RowSampling.LargeGradients, RowShare = 0.6 } },
            { "mvs", Small with { RowSampling = RowSampling.MinimumVariance, RowShare = 0.6 } },
            { "bayesian", Small with { RowSampling = RowSampling.Bayesian } },
            { "linear leaves", Small with { LinearLeaves = true } },
            { "leaf steps", Small with { LeafSteps = 4 } },
            { "smoothed", Small with { PathSmoothing = 10 } },
            { "seeds", Small with { AveragedSeeds = 2, RowShare = 0.7 } },
            { "columns", Small with { ColumnShare = 0.7, LevelColumnShare = 0.7, NodeColumnShare = 0.7 } },
        };

    [Theory]
    [MemberData(nameof(Variants))]
    public void Every_way_of_growing_gains_balances_and_gives_the_same_bytes(string name, BoostingOptions options)
    {
        var (x, codes) = Draw(1200, seed: 12);
        var set = SetOf(x, codes);

        var fit = new BoostingTrainer(options) { Threads = 1 }.Fit(set);

        Assert.True(fit.Curve[^1].Learn < 0.97 * fit.Curve[0].Learn, name);
        Assert.Equal(1, fit.Balance, 1e-9);
        var (scores, shares) = (All(fit.Trees, set.Learn), new double[3]);
        var totals = new double[3];
        for (var row = 0; row < codes.Length; row++)
        {
            scores.AsSpan(3 * row, 3).CopyTo(shares);
            ClassShares.Fill(shares);
            Assert.Equal(1, shares.Sum(), 4e-16);
            for (var output = 0; output < 3; output++)
                totals[output] += shares[output];
        }
        for (var output = 0; output < 3; output++)
            Assert.Equal(codes.Count(code => code == output), totals[output], 1e-6);
        var again = new BoostingTrainer(options) { Threads = 3 }.Fit(set);
        Assert.Equal(Scores.Bytes(fit.Trees), Scores.Bytes(again.Trees));
        var read = GeneralTreesReader.Read(Scores.Bytes(fit.Trees));
        Assert.Equal(Scores.Of(fit.Trees, set.Learn), Scores.Of(read, set.Learn, blockRows: 1));
    }

    [Fact]
    public void Held_out_rows_end_it_by_the_loss_of_all_classes()
    {
        var ((x, codes), (other, truth)) = (Draw(600, seed: 2), Draw(600, seed: 3));
        var held = SetOf(other, truth).Learn;
        var options = Small with { Rounds = 400, LearningRate = 0.4, Patience = 10, RestoreBalance = false, L2 = 0 };

        var fit = new BoostingTrainer(options).Fit(SetOf(x, codes) with { Validation = held });

        Assert.True(fit.Rounds < 400);
        Assert.Equal(fit.BestRound + 10, fit.Rounds);
        Assert.Equal(3 * fit.BestRound, fit.Trees.TreeCount);
        Assert.Equal(fit.Curve.MinBy(point => point.Validation)!.Validation, fit.Curve[fit.BestRound].Validation);
        Assert.Equal(2 * LogLoss(fit.Trees, held, truth), fit.Curve[fit.BestRound].Validation!.Value, 1e-9);
    }

    [Fact]
    public void Folds_say_how_many_rounds()
    {
        var (x, codes) = Draw(500, seed: 4);
        var options = Small with { Rounds = 60, AutomaticRounds = true, LearningRate = 0.4 };

        var fit = new BoostingTrainer(options).Fit(SetOf(x, codes));

        Assert.InRange(fit.BestRound, 1, 59);
    }

    [Fact]
    public void Contributions_of_each_class_add_up_to_its_score()
    {
        var (x, codes) = Draw(400, seed: 7);
        var set = SetOf(x, codes);
        var trees = new BoostingTrainer(Small).Fit(set).Trees;
        var (shap, scores, block) = (new TreeShap(trees), All(trees, set.Learn), BlockOf(x));
        var contributions = new double[3];
        for (var row = 0; row < 50; row++)
        {
            for (var output = 0; output < 3; output++)
            {
                shap.Explain(block, [0, 1, 2], row, output, contributions);
                Assert.Equal(scores[3 * row + output], shap.ExpectedScore(output) + contributions.Sum(), 1e-12);
            }
        }
    }

    [Fact]
    public void Exposure_offset_and_empty_classes_are_refused()
    {
        var (x, codes) = Draw(200, seed: 4);
        var set = SetOf(x, codes);
        var years = set.Learn.With(new ExposureColumn("years", [.. Enumerable.Repeat(1.0, 200)]));

        var exposure = Assert.Throws<HalleyException>(() =>
            new BoostingTrainer(Small).Fit(set with { Learn = years, Exposure = "years" })
        );
        var empty = Assert.Throws<HalleyException>(() => new BoostingTrainer(Small with { Classes = 4 }).Fit(set));
        var outside = Assert.Throws<HalleyException>(() => new BoostingTrainer(Small with { Classes = 2 }).Fit(set));

        Assert.Equal(
            "HLY2267: exposure column 'years': probabilities of classes have no time at risk and no common offset. Use the column as a "
                + "weight where rows count by it, as a feature where it tells classes apart, or leave it out.",
            exposure.Message
        );
        Assert.StartsWith("HLY2266: class 3 of 0 to 3 has no learn row", empty.Message, StringComparison.Ordinal);
        Assert.StartsWith("HLY2201: target column 'y', row ", outside.Message, StringComparison.Ordinal);
        Assert.Equal(
            [
                "Classes is 1; it must be from 2 to 1000.",
                "OrderedBoosting is True; it must be false where rows have several scores.",
            ],
            (Small with { Classes = 1, OrderedBoosting = true }).Validate()
        );
        Assert.Single(new BoostingOptions { Classes = 3 }.Validate());
    }

    internal static TrainingSet SetOf(double[][] x, int[] codes, double[]? weight = null) =>
        new()
        {
            Learn = new([
                .. x.Select((values, i) => new NumericColumn(string.Create(CultureInfo.InvariantCulture, $"x{i}"), values)),
                new NumericColumn("y", Array.ConvertAll(codes, code => (double)code)),
                new NumericColumn("w", weight ?? [.. codes.Select(_ => 1.0)]),
            ]),
            Features = ["x0", "x1", "x2"],
            Target = "y",
            Weight = "w",
        };

    static TrainingSet SetOf(int[][] x, int[] codes, double[] weight) =>
        SetOf(Array.ConvertAll(x, values => Array.ConvertAll(values, value => value < 0 ? double.NaN : value)), codes, weight);

    /// <summary>Three classes whose chances depend on three numbers.</summary>
    internal static (double[][] X, int[] Codes) Draw(int rowCount, ulong seed)
    {
        var random = new DeterministicRandom(seed);
        var (x, codes) = (new double[3][], new int[rowCount]);
        for (var feature = 0; feature < 3; feature++)
            x[feature] = [.. Enumerable.Range(0, rowCount).Select(_ => Math.Round(4 * random.NextNormal(), 2))];
        for (var row = 0; row < rowCount; row++)
        {
            var shares = Softmax([0.4 * x[0][row], Math.Abs(x[1][row]) - 2, x[2][row] > 3 ? 2 : -0.2 * x[0][row]]);
            var draw = random.NextDouble();
            codes[row] =
                draw < shares[0] ? 0
                : draw < shares[0] + shares[1] ? 1
                : 2;
        }
        return (x, codes);
    }

    static (int[][] X, int[] Codes) Whole(int rowCount, ulong seed)
    {
        var random = new DeterministicRandom(seed);
        int[][] x = [.. Enumerable.Range(0, 3).Select(_ => new int[rowCount])];
        var codes = new int[rowCount];
        for (var row = 0; row < rowCount; row++)
        {
            for (var feature = 0; feature < 3; feature++)
                x[feature][row] = random.NextDouble() < 0.1 ? -1 : random.NextInt(7);
            codes[row] = (x[0][row] + 1 + random.NextInt(4)) % 3;
        }
        return (x, codes);
    }

    static double[] Softmax(IEnumerable<double> scores)
    {
        var powers = scores.Select(Math.Exp).ToArray();
        return Array.ConvertAll(powers, power => power / powers.Sum());
    }

    static double LogLoss(TreeEnsemble trees, Table rows, int[] codes)
    {
        var (scores, loss) = (All(trees, rows), 0.0);
        for (var row = 0; row < codes.Length; row++)
            loss -= Math.Log(Softmax(scores[(3 * row)..(3 * row + 3)])[codes[row]]) / codes.Length;
        return loss;
    }

    internal static double[] All(TreeEnsemble trees, Table rows)
    {
        var block = new SlotBlock(trees.Inputs.Count, rows.RowCount);
        for (var input = 0; input < trees.Inputs.Count; input++)
            rows[trees.Inputs[input].Name].CopySlots(0, block[input]);
        var sums = new double[rows.RowCount * trees.OutputCount];
        trees.ScoreAll(block, [.. Enumerable.Range(0, trees.Inputs.Count)], sums);
        return sums;
    }

    static SlotBlock BlockOf(double[][] x)
    {
        var block = new SlotBlock(x.Length, x[0].Length);
        for (var feature = 0; feature < x.Length; feature++)
            x[feature].CopyTo(block[feature]);
        return block;
    }

    static double[] RowMajor(double[][] x) =>
        [.. Enumerable.Range(0, x[0].Length).SelectMany(row => x.Select(values => values[row]))];

    static void RequireLibrary()
    {
        if (NativeLibrary.TryLoad("lib_lightgbm", typeof(MulticlassTests).Assembly, null, out _))
            return;
        if (Environment.GetEnvironmentVariable("HALLEY_REQUIRE_TOOLS") == "1")
            Assert.Fail("LightGBM's native library (with Debian's package libgomp1) is missing and HALLEY_REQUIRE_TOOLS=1.");
        Assert.Skip("LightGBM's native library does not load here: it needs Debian's package libgomp1 and an x64 machine.");
    }
}
