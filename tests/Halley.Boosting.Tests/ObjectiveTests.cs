using Halley.Data;
using Halley.Kernels;
using Halley.Statistics;

namespace Halley.Boosting.Tests;

public sealed class ObjectiveTests
{
    static readonly BoostingOptions Small = new()
    {
        Rounds = 30,
        LearningRate = 0.2,
        MaximumLeaves = 8,
        MinimumLeafRows = 20,
        MinimumLeafHessian = 0,
        L2 = 0,
        ColumnShare = 1,
    };

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void A_leaf_holds_the_quantile_of_its_rows(double level)
    {
        var set = Amounts(3000);
        var options = Small with { Objective = BoostingObjective.Quantile, QuantileLevel = level, Rounds = 1, LearningRate = 1 };

        var fit = new BoostingTrainer(options).Fit(set);

        var (eta, y) = (Scores.Of(fit.Trees, set.Learn), set.Learn.Numeric("y").Values.ToArray());
        var weight = set.Learn.Numeric("w").Values.ToArray();
        var leaves = eta.Select((score, row) => (score, row)).GroupBy(pair => Math.Round(pair.score, 9)).ToList();
        Assert.Equal(8, leaves.Count);
        foreach (var leaf in leaves)
        {
            // By brute force: no target of the leaf makes a smaller loss.
            double Loss(double at) => leaf.Sum(pair => weight[pair.row] * new PinballLoss(level).Loss(y[pair.row], at));
            Assert.Equal(leaf.Min(pair => Loss(y[pair.row])), Loss(leaf.Key), 1e-5);
        }
    }

    [Fact]
    public void Quantiles_cover_their_share_of_the_rows()
    {
        var set = Amounts(6000);
        foreach (var level in new[] { 0.2, 0.8 })
        {
            var options = Small with { Objective = BoostingObjective.Quantile, QuantileLevel = level };
            var fit = new BoostingTrainer(options).Fit(set);
            var (eta, y) = (Scores.Of(fit.Trees, set.Learn), set.Learn.Numeric("y").Values.ToArray());
            Assert.Equal(level, y.Zip(eta, (target, score) => target <= score ? 1.0 : 0).Average(), 0.02);
            // Balance has no meaning for a quantile, so nothing is shifted.
            Assert.Equal(fit.BalanceBefore, fit.Balance);
            Assert.True(fit.Curve[^1].Learn < 0.95 * fit.Curve[0].Learn);
        }
    }

    [Fact]
    public void Huber_with_leaf_steps_finds_the_least_loss_of_each_leaf()
    {
        var set = Amounts(3000);
        var options = Small with
        {
            Objective = BoostingObjective.Huber,
            HuberDelta = 0.3,
            Rounds = 1,
            LearningRate = 1,
            LeafSteps = 100,
        };

        var fit = new BoostingTrainer(options).Fit(set);

        AssertLeavesAreLeast(fit, set, new HuberLoss(0.3), 1e-6);
    }

    [Fact]
    public void Leaf_steps_take_a_poisson_leaf_to_its_mean()
    {
        var set = Books.Set(Books.Motor(4000)) with { Weight = "weight" };
        var options = Small with { Rounds = 1, LearningRate = 1, LeafSteps = 20, RestoreBalance = false };

        var fit = new BoostingTrainer(options).Fit(set);

        var (eta, vectors) = (Scores.Of(fit.Trees, set.Learn), TrainingVectors.Of(set, set.Learn));
        foreach (var leaf in eta.Select((score, row) => (score, row)).GroupBy(pair => pair.score))
        {
            var actual = leaf.Sum(pair => vectors.Weight[pair.row] * vectors.Target[pair.row]);
            var expected = leaf.Sum(pair => vectors.Weight[pair.row] * Math.Exp(pair.score + vectors.Offset[pair.row]));
            Assert.Equal(actual, expected, 1e-8 * actual);
        }
    }

    [Fact]
    public void Leaf_steps_keep_penalties_and_monotone_bounds()
    {
        var set = Books.Set(Books.Motor(3000));
        var options = Small with
        {
            LeafSteps = 5,
            L1 = 1,
            L2 = 3,
            MaximumStep = 0.4,
            Monotone = new Dictionary<string, int> { ["age"] = -1 },
        };

        var fit = new BoostingTrainer(options).Fit(set);

        var ages = Enumerable.Range(18, 60).Select(age => Scores.Of(fit.Trees, age, 8, 2, 1, 731_000)).ToArray();
        Assert.All(Enumerable.Range(1, 59), i => Assert.True(ages[i] <= ages[i - 1] + 1e-12));
        Assert.All(
            fit.Trees.Nodes.All.Where(node => node.IsLeaf),
            leaf => Assert.True(Math.Abs(leaf.Value) <= 0.2 * 0.4 + 1e-12)
        );
    }

    [Fact]
    public void Theta_is_estimated_by_maximum_likelihood()
    {
        var set = Counts(20_000, theta: 2, zeroShare: 0);
        var options = Small with { Objective = BoostingObjective.NegativeBinomial, Rounds = 15 };

        var fit = new BoostingTrainer(options).Fit(set);

        Assert.Equal(2, fit.Shape!.Value, 0.25);
        Assert.Equal(Family.NegativeBinomial(fit.Shape.Value), fit.FittedFamily);
        // The least of minus the log likelihood at the served means, by scanning.
        var (eta, y) = (Scores.Of(fit.Trees, set.Learn), set.Learn.Numeric("y").Values.ToArray());
        double[] mu = [.. eta.Select(Math.Exp)];
        double At(double theta) => Family.NegativeBinomial(theta).LogLikelihood(y, mu);
        Assert.All(new[] { 0.97, 1.03 }, factor => Assert.True(At(fit.Shape.Value) > At(factor * fit.Shape.Value)));
        Assert.Equal(1, fit.Balance, 1e-12);
        Assert.All(Enumerable.Range(1, 15), round => Assert.True(fit.Curve[round].Learn < fit.Curve[round - 1].Learn));
    }

    [Fact]
    public void The_power_of_a_tweedie_is_searched_by_likelihood()
    {
        // A Poisson number of claims of gamma shape 1 is Tweedie with p = (shape + 2)/(shape + 1) = 1.5.
        var random = new DeterministicRandom(5);
        var (x, y) = (new double[6_000], new double[6_000]);
        for (var row = 0; row < x.Length; row++)
        {
            x[row] = random.NextDouble();
            for (var claims = random.NextPoisson(0.8); claims > 0; claims--)
                y[row] += (1 + 2 * x[row]) * random.NextGamma(1);
        }
        var set = Books.OneNumber(x, y);

        var fit = new BoostingTrainer(
            Small with
            {
                Objective = BoostingObjective.Tweedie,
                TweediePower = 1.2,
                EstimateTweediePower = true,
                Rounds = 9,
            }
        ).Fit(set);

        Assert.Equal(1.5, fit.Shape!.Value, 0.06);
        Assert.Equal(Family.Tweedie(fit.Shape.Value), fit.FittedFamily);
        Assert.Equal(1, fit.Balance, 1e-9);
        // No other power is likelier at the served means, by scanning dispersions.
        double[] mu = [.. Scores.Of(fit.Trees, set.Learn).Select(Math.Exp)];
        double At(double power) =>
            Enumerable
                .Range(0, 20)
                .Max(step =>
                    y.Select((value, row) => Family.Tweedie(power).LogLikelihood(value, mu[row], 1, 1.6 + 0.2 * step)).Sum()
                );
        Assert.All(new[] { -0.1, 0.1 }, move => Assert.True(At(fit.Shape.Value) > At(fit.Shape.Value + move)));
    }

    [Fact]
    public void The_share_of_certain_zeros_is_estimated()
    {
        var set = Counts(20_000, theta: null, zeroShare: 0.3);
        var options = Small with { Objective = BoostingObjective.ZeroInflatedPoisson, Rounds = 15, LearningRate = 0.3 };

        var fit = new BoostingTrainer(options).Fit(set);

        Assert.Equal(0.3, fit.Shape!.Value, 0.03);
        Assert.Null(fit.FittedFamily);
        Assert.Equal(1, fit.Balance, 1e-12);
        Assert.True(fit.Curve[^1].Learn < fit.Curve[0].Learn);
        var given = new BoostingTrainer(options with { ZeroShare = 0.2 }).Fit(set);
        Assert.Equal(0.2, given.Shape);
    }

    [Fact]
    public void A_custom_objective_that_is_poisson_gives_the_poisson_model()
    {
        var set = Books.Set(Books.Motor(3000), Books.Motor(1000, 2));
        var options = Small with { Objective = BoostingObjective.Gamma, QuantisedGradients = false };

        var custom = new BoostingTrainer(options) { Custom = new Poisson() }.Fit(set);
        var own = new BoostingTrainer(options with { Objective = BoostingObjective.Poisson }).Fit(set);

        var (expected, actual) = (Scores.Of(own.Trees, set.Learn), Scores.Of(custom.Trees, set.Learn));
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
        Assert.Equal(own.BestRound, custom.BestRound);
    }

    [Fact]
    public void A_custom_objective_is_told_of_bad_targets_and_curvatures()
    {
        var set = Books.Set(Books.Motor(100));
        var table = set.Learn.With(new NumericColumn("claims", [.. Enumerable.Range(0, 100).Select(row => row == 3 ? -1.0 : 1)]));

        var domain = Assert.Throws<HalleyException>(() =>
            new BoostingTrainer(Small) { Custom = new Poisson() }.Fit(set with { Learn = table })
        );
        var curvature = Assert.Throws<HalleyException>(() =>
            new BoostingTrainer(Small) { Custom = new Poisson { Curvature = -1 } }.Fit(set)
        );

        Assert.Equal(
            "HLY2201: target column 'claims', row 4: -1 is outside the My Poisson domain y ≥ 0. Correct the row, leave it out with a filter on 'claims', or choose another objective.",
            domain.Message
        );
        Assert.StartsWith("HLY2260: objective My Poisson: the curvature at target ", curvature.Message);
        Assert.EndsWith(" is -1. Give the second derivative where it is at least 0, else a bound above it.", curvature.Message);
    }

    [Theory]
    [InlineData(BoostingObjective.Huber)]
    [InlineData(BoostingObjective.Quantile)]
    [InlineData(BoostingObjective.NegativeBinomial)]
    [InlineData(BoostingObjective.ZeroInflatedPoisson)]
    public void Threads_change_no_byte(BoostingObjective objective)
    {
        var set = Counts(25_000, theta: 1, zeroShare: 0.1);
        var options = Small with { Objective = objective, Rounds = 6, LeafSteps = 3, RowShare = 0.8, HuberDelta = 0.7 };

        var one = new BoostingTrainer(options) { Threads = 1 }.Fit(set);
        var many = new BoostingTrainer(options) { Threads = 3 }.Fit(set);

        Assert.Equal(Scores.Bytes(one.Trees), Scores.Bytes(many.Trees));
        Assert.Equal(one.Shape, many.Shape);
    }

    [Fact]
    public void Parameters_out_of_range_are_all_named()
    {
        var options = new BoostingOptions
        {
            HuberDelta = 0,
            QuantileLevel = 1,
            Theta = -1,
            ZeroShare = 0,
            LeafSteps = 0,
        };

        Assert.Equal(
            [
                "HuberDelta is 0; it must be above 0.",
                "QuantileLevel is 1; it must be between 0 and 1, both excluded.",
                "Theta is -1; it must be above 0.",
                "ZeroShare is 0; it must be between 0 and 1, both excluded.",
                "LeafSteps is 0; it must be from 1 to 100.",
            ],
            options.Validate()
        );
    }

    static void AssertLeavesAreLeast<TLoss>(BoostingFit fit, TrainingSet set, TLoss loss, double tolerance)
        where TLoss : struct, IHalfDeviance
    {
        var (eta, vectors) = (Scores.Of(fit.Trees, set.Learn), TrainingVectors.Of(set, set.Learn));
        foreach (var leaf in eta.Select((score, row) => (score, row)).GroupBy(pair => pair.score))
        {
            double Loss(double step) =>
                leaf.Sum(pair =>
                    vectors.Weight[pair.row] * loss.Loss(vectors.Target[pair.row], pair.score + step + vectors.Offset[pair.row])
                );
            Assert.True(Loss(0) <= Loss(1e-3) + tolerance && Loss(0) <= Loss(-1e-3) + tolerance);
        }
    }

    /// <summary>Amounts with a middle and a spread that depend on two numbers.</summary>
    static TrainingSet Amounts(int rowCount)
    {
        var random = new DeterministicRandom(4);
        var (a, b, y, w) = (new double[rowCount], new double[rowCount], new double[rowCount], new double[rowCount]);
        for (var row = 0; row < rowCount; row++)
        {
            (a[row], b[row], w[row]) = (random.NextDouble(), random.NextDouble(), 1 + row % 3);
            y[row] = 2 * a[row] + (0.2 + b[row]) * random.NextNormal();
        }
        return new()
        {
            Learn = new([
                new NumericColumn("a", a),
                new NumericColumn("b", b),
                new NumericColumn("y", y),
                new NumericColumn("w", w),
            ]),
            Features = ["a", "b"],
            Target = "y",
            Weight = "w",
        };
    }

    /// <summary>Counts whose mean depends on a number, with more spread than Poisson's, or with certain zeros among them.</summary>
    static TrainingSet Counts(int rowCount, double? theta, double zeroShare)
    {
        var random = new DeterministicRandom(5);
        var (a, y) = (new double[rowCount], new double[rowCount]);
        for (var row = 0; row < rowCount; row++)
        {
            a[row] = random.NextDouble();
            var rate = Math.Exp(0.5 + a[row]) * (theta is { } shape ? random.NextGamma(shape) / shape : 1);
            y[row] = random.NextDouble() < zeroShare ? 0 : random.NextPoisson(rate);
        }
        return new()
        {
            Learn = new([new NumericColumn("a", a), new NumericColumn("y", y)]),
            Features = ["a"],
            Target = "y",
        };
    }

    sealed class Poisson : ICustomObjective
    {
        internal double? Curvature { get; init; }

        public string Name => "My Poisson";

        public Link Link => Link.Log;

        public bool PredictsMean => true;

        public string Domain => "y ≥ 0";

        public bool InDomain(double y) => y >= 0;

        public double Loss(double y, double eta) => Math.Exp(eta) - y * eta;

        public (double Gradient, double Hessian) Derivatives(double y, double eta) =>
            (Math.Exp(eta) - y, Curvature ?? Math.Exp(eta));
    }
}
