using Halley.Data;
using Halley.Kernels;

namespace Halley.Boosting.Tests;

/// <summary>Whole trees equal those grown by brute force, under every policy, penalty and constraint.</summary>
public sealed class PlainGrowthTests
{
    static readonly BoostingOptions Plain = new()
    {
        MaximumLeaves = 9,
        MinimumLeafRows = 3,
        MinimumLeafHessian = 0,
        L2 = 0.3,
        LearningRate = 1,
        QuantisedGradients = false,
    };

    public static TheoryData<string, ulong> Cases
    {
        get
        {
            var data = new TheoryData<string, ulong>();
            foreach (var name in Settings.Keys)
            {
                for (var seed = 1UL; seed <= 4; seed++)
                    data.Add(name, seed);
            }
            return data;
        }
    }

    static readonly Dictionary<string, (BoostingOptions Options, int[] Directions)> Settings = new()
    {
        ["plain"] = (Plain, [0, 0, 0]),
        ["depth-wise"] = (Plain with { Growth = GrowthPolicy.DepthWise }, [0, 0, 0]),
        ["penalties"] = (Plain with { L1 = 1, L2 = 4, MinimumGain = 0.5, MaximumStep = 0.4 }, [0, 0, 0]),
        ["minima"] = (Plain with { MinimumLeafRows = 20, MinimumLeafHessian = 15, MaximumDepth = 3 }, [0, 0, 0]),
        ["smoothing"] = (Plain with { PathSmoothing = 15 }, [0, 0, 0]),
        ["groups"] = (
            Plain with
            {
                Interactions =
                [
                    ["x0", "x1"],
                    ["x1", "x2"],
                ],
            },
            [0, 0, 0]
        ),
        ["a feature alone, depth-wise and rising"] = (
            Plain with
            {
                Growth = GrowthPolicy.DepthWise,
                Interactions =
                [
                    ["x0", "x2"],
                ],
            },
            [1, 0, 0]
        ),
        ["rising"] = (Plain with { MaximumLeaves = 14 }, [1, 0, 0]),
        ["falling and rising"] = (Plain with { MaximumLeaves = 14 }, [-1, 1, 0]),
        ["all monotone"] = (Plain with { MaximumLeaves = 14, Growth = GrowthPolicy.DepthWise }, [1, 1, -1]),
        ["monotone, smoothed and penalised"] = (
            Plain with
            {
                MaximumLeaves = 14,
                PathSmoothing = 5,
                L1 = 0.5,
                MaximumStep = 0.8,
            },
            [1, -1, 0]
        ),
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_tree_equals_the_one_grown_by_brute_force(string name, ulong seed)
    {
        var (options, directions) = Settings[name];
        var random = new DeterministicRandom(100 * seed + (ulong)name.Length);
        var x = Enumerable.Range(0, 3).Select(feature => Column(300, () => Value(feature, ref random))).ToArray();
        double[] gradient =
        [
            .. Enumerable
                .Range(0, 300)
                .Select(row => random.NextNormal() + Math.Sin(1.5 * x[0][row]) * (x[1][row] - 2) - 0.3 * x[0][row]),
        ];
        double[] hessian = [.. Enumerable.Range(0, 300).Select(_ => 0.5 + random.NextDouble())];

        var values = Grow(options, x, gradient, hessian, directions);

        var plain = new PlainGrowth(x, gradient, hessian, directions, options).Grow();
        Assert.True(plain.Distinct().Count() > 2);
        for (var row = 0; row < plain.Length; row++)
            Assert.Equal(plain[row], values[row], 1e-9);
    }

    public static TheoryData<BoostingObjective, GrowthPolicy> Objectives
    {
        get
        {
            var data = new TheoryData<BoostingObjective, GrowthPolicy>();
            foreach (var objective in Enum.GetValues<BoostingObjective>().Where(one => one != BoostingObjective.Multiclass))
            {
                data.Add(objective, GrowthPolicy.LeafWise);
                data.Add(objective, GrowthPolicy.DepthWise);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Objectives))]
    public void The_first_tree_of_every_objective_equals_the_one_grown_by_brute_force(
        BoostingObjective objective,
        GrowthPolicy growth
    )
    {
        var options = Plain with
        {
            Objective = objective,
            Growth = growth,
            Rounds = 1,
            ColumnShare = 1,
            RestoreBalance = false,
            Theta = objective == BoostingObjective.NegativeBinomial ? 1.5 : null,
            ZeroShare = objective == BoostingObjective.ZeroInflatedPoisson ? 0.2 : null,
            QuantileLevel = 0.7,
        };
        var random = new DeterministicRandom(40 + (ulong)objective);
        var x = Enumerable.Range(0, 3).Select(feature => Column(300, () => Value(feature, ref random))).ToArray();
        var (y, weight, offset) = (new double[300], new double[300], new double[300]);
        for (var row = 0; row < 300; row++)
        {
            var eta = 0.5 * Math.Sin(1.5 * x[0][row]) * (x[1][row] - 2) + 0.2 * x[2][row];
            (weight[row], offset[row]) = (0.5 + random.NextDouble(), 0.3 * random.NextDouble());
            y[row] = objective switch
            {
                BoostingObjective.LogLoss => random.NextDouble() < 1 / (1 + Math.Exp(-eta)) ? 1 : 0,
                BoostingObjective.Gamma => Math.Exp(eta) * random.NextGamma(2),
                BoostingObjective.Tweedie => random.NextInt(2) * Math.Exp(eta) * random.NextGamma(2),
                BoostingObjective.SquaredError or BoostingObjective.Huber or BoostingObjective.Quantile => eta
                    + random.NextNormal(),
                _ => random.NextPoisson(Math.Exp(eta)),
            };
        }
        var set = new TrainingSet
        {
            Learn = new([
                .. x.Select(
                    (values, i) => new NumericColumn($"x{i}", Array.ConvertAll(values, value => value < 0 ? double.NaN : value))
                ),
                new NumericColumn("y", y),
                new NumericColumn("w", weight),
                new NumericColumn("o", offset),
            ]),
            Features = ["x0", "x1", "x2"],
            Target = "y",
            Weight = "w",
            Offset = "o",
        };

        var fit = new BoostingTrainer(options).Fit(set);

        var (start, values) = (fit.Trees.BaseScore, Scores.Of(fit.Trees, set.Learn));
        var (gradient, hessian) = (new double[300], new double[300]);
        BoostingLoss.Of(options).Derive(y, weight, Array.ConvertAll(offset, own => own + start), gradient, hessian);
        var plain = new PlainGrowth(x, gradient, hessian, [0, 0, 0], options).Grow();
        Assert.InRange(plain.Distinct().Count(), 4, 9);
        if (objective == BoostingObjective.Quantile)
        {
            // Leaves hold quantiles in place of steps: the same rows stand together.
            var pairs = plain.Zip(values).Distinct().ToList();
            Assert.Equal(plain.Distinct().Count(), pairs.Count);
            return;
        }
        for (var row = 0; row < plain.Length; row++)
            Assert.Equal(plain[row], values[row] - start, 1e-9);
    }

    /// <summary>The second feature misses some values; the last has few.</summary>
    static int Value(int feature, ref DeterministicRandom random) =>
        feature == 1 && random.NextDouble() < 0.15 ? -1 : random.NextInt(feature == 2 ? 3 : 6);

    static int[] Column(int rowCount, Func<int> draw) => [.. Enumerable.Range(0, rowCount).Select(_ => draw())];

    static double[] Grow(BoostingOptions options, int[][] x, double[] gradient, double[] hessian, int[] directions)
    {
        var rows = new Table(
            x.Select((values, i) => new NumericColumn($"x{i}", Array.ConvertAll(values, value => value < 0 ? double.NaN : value)))
        );
        var features = new BinBuilder(255, null).Build(rows, [.. x.Select((_, i) => $"x{i}")], 1, default);
        var gradients = Gradients.Of(gradient.Length, quantised: false);
        gradients.SetLimit(20, 20);
        gradients.Store(0, gradient, hessian, 3);
        var grower = new TreeGrower(options, BinnedTable.Of(rows, features, 1, default), gradients, directions, 2, default);
        var values = new double[gradient.Length];
        grower.AddValues(grower.Grow(default, [.. Enumerable.Range(0, x.Length)]), values);
        return values;
    }
}
