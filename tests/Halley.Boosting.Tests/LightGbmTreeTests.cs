using System.Globalization;
using System.Runtime.InteropServices;
using Halley.Bench;
using Halley.Data;
using Halley.Kernels;

namespace Halley.Boosting.Tests;

/// <summary>At equal settings the native LightGBM grows the same first tree, and later trees that are as good.</summary>
public sealed class LightGbmTreeTests
{
    const int RowCount = 4000;

    public static TheoryData<string, BoostingOptions> Cases =>
        new()
        {
            { "", Plain },
            { "lambda_l1=3", Plain with { L1 = 3 } },
            { "lambda_l2=20 max_depth=4", Plain with { L2 = 20, MaximumDepth = 4 } },
            { "path_smooth=40", Plain with { PathSmoothing = 40 } },
            { "max_delta_step=1.5", Plain with { MaximumStep = 1.5 } },
            { "interaction_constraints=[0,1],[2,3]", Grouped },
            { "feature_contri=1,0.3,1,1", Plain with { GainWeights = new Dictionary<string, double> { ["x1"] = 0.3 } } },
        };

    static readonly BoostingOptions Plain = new()
    {
        Objective = BoostingObjective.SquaredError,
        Rounds = 1,
        LearningRate = 1,
        MaximumLeaves = 12,
        MinimumLeafRows = 15,
        MinimumLeafHessian = 1e-3,
        L2 = 0,
        ColumnShare = 1,
        QuantisedGradients = false,
        RestoreBalance = false,
    };

    static readonly BoostingOptions Grouped = Plain with
    {
        Interactions =
        [
            ["x0", "x1"],
            ["x2", "x3"],
        ],
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_first_tree_parts_the_rows_alike(string parameters, BoostingOptions options)
    {
        RequireLibrary();
        var (x, y) = Draw(seed: 5);

        var fit = new BoostingTrainer(options).Fit(Set(x, y));

        using var rival = Rival(x, y, parameters, rounds: 1);
        var (ours, theirs) = (Scores.Of(fit.Trees, Set(x, y).Learn), rival.RawScores(RowMajor(x), RowCount));
        // Equal values in equal groups of rows, whatever the order in which leaves were cut.
        Assert.Equal(theirs.Distinct().Count(), ours.Distinct().Count());
        Assert.InRange(ours.Distinct().Count(), 5, 12);
        for (var row = 0; row < RowCount; row++)
            Assert.Equal(theirs[row], ours[row], 2e-5);
    }

    [Theory]
    [InlineData("gamma", BoostingObjective.Gamma, "")]
    [InlineData("tweedie", BoostingObjective.Tweedie, "tweedie_variance_power=1.4")]
    [InlineData("binary", BoostingObjective.LogLoss, "")]
    // LightGBM multiplies Poisson's curvature by e to this power.
    [InlineData("poisson", BoostingObjective.Poisson, "poisson_max_delta_step=1e-12")]
    public void The_first_tree_of_other_objectives_parts_weighted_rows_with_missing_values_alike(
        string name,
        BoostingObjective objective,
        string parameters
    )
    {
        RequireLibrary();
        var (x, drawn) = Draw(seed: 8);
        var random = new DeterministicRandom(9);
        var (y, weight) = (new double[RowCount], new double[RowCount]);
        for (var row = 0; row < RowCount; row++)
        {
            if (row % 7 == 0)
                x[2][row] = double.NaN;
            weight[row] = 0.5 * (1 + random.NextInt(4));
            y[row] = objective switch
            {
                BoostingObjective.LogLoss => drawn[row] > 1 ? 1 : 0,
                BoostingObjective.Gamma => (float)Math.Exp(0.3 * drawn[row]),
                _ => random.NextPoisson(Math.Exp(0.3 * drawn[row])),
            };
        }
        var options = Plain with { Objective = objective, TweediePower = 1.4 };
        var set = Set(x, y);
        set = set with { Learn = set.Learn.With(new NumericColumn("w", weight)), Weight = "w" };

        var fit = new BoostingTrainer(options).Fit(set);

        using var rival = Rival(x, y, $"objective={name} {parameters}", rounds: 1, weight);
        var (ours, theirs) = (Scores.Of(fit.Trees, set.Learn), rival.RawScores(RowMajor(x), RowCount));
        Assert.InRange(ours.Distinct().Count(), 5, 12);
        Assert.Equal(theirs.Distinct().Count(), ours.Distinct().Count());
        for (var row = 0; row < RowCount; row++)
            Assert.Equal(theirs[row], ours[row], 1e-4);
    }

    [Fact]
    public void Fifty_trees_are_as_good()
    {
        RequireLibrary();
        var (x, y) = Draw(seed: 6);
        var options = Plain with { Rounds = 50, LearningRate = 0.1 };

        var fit = new BoostingTrainer(options).Fit(Set(x, y));

        using var rival = Rival(x, y, "learning_rate=0.1", rounds: 50);
        var (ours, theirs) = (Loss(Scores.Of(fit.Trees, Set(x, y).Learn), y), Loss(rival.RawScores(RowMajor(x), RowCount), y));
        Assert.Equal(1, ours / theirs, 1e-3);
    }

    static LightGbmModel Rival(double[][] x, double[] y, string parameters, int rounds, double[]? weight = null)
    {
        const string Equal =
            "objective=regression num_leaves=12 min_data_in_leaf=15 min_sum_hessian_in_leaf=1e-3 max_bin=255 min_data_in_bin=1 "
            + "num_threads=1 verbosity=-1 boost_from_average=true feature_pre_filter=false deterministic=true enable_bundle=false ";
        // The first of two values of a parameter counts.
        var all = parameters + " " + Equal + (rounds == 1 ? "learning_rate=1 " : "");
        var model = LightGbmModel.Bin(
            RowMajor(x),
            Array.ConvertAll(y, value => (float)value),
            weight is null ? null : Array.ConvertAll(weight, own => (float)own),
            null,
            all
        );
        model.Train(all, rounds);
        return model;
    }

    /// <summary>Whole numbers of which no two cuts gain alike, and targets that a float holds.</summary>
    static (double[][] X, double[] Y) Draw(ulong seed)
    {
        var random = new DeterministicRandom(seed);
        var x = new double[4][];
        for (var feature = 0; feature < 4; feature++)
        {
            x[feature] = new double[RowCount];
            for (var row = 0; row < RowCount; row++)
                x[feature][row] = random.NextInt(40 + 30 * feature);
        }
        var y = new double[RowCount];
        for (var row = 0; row < RowCount; row++)
            y[row] = (float)(
                Math.Sin(x[0][row] / 6) * x[1][row] / 20 + x[2][row] / 50 + (x[3][row] > 60 ? 1 : 0) + random.NextNormal()
            );
        return (x, y);
    }

    static TrainingSet Set(double[][] x, double[] y) =>
        new()
        {
            Learn = new([
                .. x.Select((values, i) => new NumericColumn(string.Create(CultureInfo.InvariantCulture, $"x{i}"), values)),
                new NumericColumn("y", y),
            ]),
            Features = ["x0", "x1", "x2", "x3"],
            Target = "y",
        };

    static double[] RowMajor(double[][] x) =>
        [.. Enumerable.Range(0, RowCount).SelectMany(row => x.Select(values => values[row]))];

    static double Loss(double[] scores, double[] y) =>
        scores.Zip(y, (score, target) => (target - score) * (target - score)).Average();

    static void RequireLibrary()
    {
        if (NativeLibrary.TryLoad("lib_lightgbm", typeof(LightGbmTreeTests).Assembly, null, out _))
            return;
        if (Environment.GetEnvironmentVariable("HALLEY_REQUIRE_TOOLS") == "1")
            Assert.Fail("LightGBM's native library (with Debian's package libgomp1) is missing and HALLEY_REQUIRE_TOOLS=1.");
        Assert.Skip("LightGBM's native library does not load here: it needs Debian's package libgomp1 and an x64 machine.");
    }
}
