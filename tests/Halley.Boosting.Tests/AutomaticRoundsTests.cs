using Halley.Data;
using Halley.Kernels;

namespace Halley.Boosting.Tests;

/// <summary>Rounds that folds choose.</summary>
public sealed class AutomaticRoundsTests
{
    static readonly BoostingOptions Automatic = new()
    {
        Objective = BoostingObjective.Gamma,
        AutomaticRounds = true,
        Rounds = 120,
    };

    [Fact]
    public void Amounts_that_nothing_explains_get_the_mean_or_little_more()
    {
        var (learn, fresh) = (Amounts(1_500, slope: 0, 1), Amounts(20_000, slope: 0, 2));

        var fit = new BoostingTrainer(Automatic).Fit(learn);
        var plain = new BoostingTrainer(Automatic with { AutomaticRounds = false }).Fit(learn);

        Assert.True(fit.Rounds < 20, $"{fit.Rounds}");
        Assert.Equal(1, fit.Balance, 1e-9);
        Assert.True(Loss(fit, fresh) < Loss(plain, fresh) - 0.01);
        if (fit.Rounds == 0)
            Assert.StartsWith("No number of rounds gained", fit.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void Amounts_that_are_explained_get_many_rounds()
    {
        var fit = new BoostingTrainer(Automatic).Fit(Amounts(4_000, slope: 2, 1));

        Assert.InRange(fit.Rounds, 20, 120);
        Assert.Equal(fit.Rounds, fit.Trees.TreeCount);
    }

    [Fact]
    public void Threads_change_nothing_and_validation_rows_take_the_choice()
    {
        var set = Amounts(2_000, slope: 2, 1);
        byte[] Bytes(int threads) =>
            Scores.Bytes(
                new BoostingTrainer(Automatic) { Threads = threads }
                    .Fit(set)
                    .Trees
            );

        Assert.Equal(Bytes(1), Bytes(4));
        var validated = set with { Validation = Amounts(500, slope: 2, 3).Learn };
        Assert.Equal(
            Scores.Bytes(new BoostingTrainer(Automatic with { AutomaticRounds = false }).Fit(validated).Trees),
            Scores.Bytes(new BoostingTrainer(Automatic).Fit(validated).Trees)
        );
    }

    static double Loss(BoostingFit fit, TrainingSet fresh)
    {
        var (eta, y) = (Scores.Of(fit.Trees, fresh.Learn), fresh.Learn.Numeric("y").Values.ToArray());
        return Enumerable.Range(0, y.Length).Average(row => 2 * (y[row] * Math.Exp(-eta[row]) + eta[row]));
    }

    static TrainingSet Amounts(int rows, double slope, ulong seed)
    {
        var random = new DeterministicRandom(seed);
        var (x, z, y) = (new double[rows], new double[rows], new double[rows]);
        for (var row = 0; row < rows; row++)
        {
            (x[row], z[row]) = (random.NextDouble(), random.NextDouble());
            y[row] = Math.Exp(slope * x[row]) * random.NextGamma(0.7) + 1e-9;
        }
        return new()
        {
            Learn = new([new NumericColumn("x", x), new NumericColumn("z", z), new NumericColumn("y", y)]),
            Features = ["x", "z"],
            Target = "y",
        };
    }
}
