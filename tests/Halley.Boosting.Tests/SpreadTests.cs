using Halley.Data;
using Halley.Kernels;
using Halley.Statistics;

namespace Halley.Boosting.Tests;

/// <summary>Mean and second parameter of generated rows are found again, and predicted distributions are calibrated.</summary>
public sealed class SpreadTests
{
    static readonly BoostingOptions Small = new()
    {
        FitsSpread = true,
        Rounds = 60,
        LearningRate = 0.15,
        MaximumLeaves = 6,
        MinimumLeafRows = 200,
        MinimumLeafHessian = 5,
        ColumnShare = 1,
    };

    public static TheoryData<BoostingObjective> Objectives =>
        [BoostingObjective.Gamma, BoostingObjective.NegativeBinomial, BoostingObjective.SquaredError];

    [Theory]
    [MemberData(nameof(Objectives))]
    [InlineData(BoostingObjective.Tweedie)]
    public void The_truth_is_found_again(BoostingObjective objective)
    {
        var isSlow = objective == BoostingObjective.Tweedie;
        var learn = Draw(objective, isSlow ? 6000 : 12_000, seed: 1);
        var fresh = Draw(objective, isSlow ? 2000 : 4000, seed: 2);
        var options = Small with { Objective = objective, Rounds = isSlow ? 35 : 60, LearningRate = isSlow ? 0.25 : 0.15 };

        var fit = new BoostingTrainer(options).Fit(SetOf(objective, learn));

        var (family, scores) = (FamilyOf(objective), MulticlassTests.All(fit.Trees, fresh));
        var (y, years) = (fresh.Numeric("y").Values.ToArray(), YearsOf(objective, fresh));
        var (errors, spreads, below, ours, plain, truth) = (0.0, 0.0, new double[3], 0.0, 0.0, 0.0);
        var (start, levels) = (StartsOf(fit), new[] { 0.1, 0.5, 0.9 });
        var random = new DeterministicRandom(9);
        for (var row = 0; row < y.Length; row++)
        {
            var (location, spread) = Truth(fresh.Numeric("a").Values[row], fresh.Numeric("b").Values[row], objective);
            var offset = Math.Log(years[row]);
            errors += Math.Pow(scores[2 * row] - location, 2) / y.Length;
            spreads += Math.Pow(scores[2 * row + 1] - spread, 2) / y.Length;
            ours += family.Loss(y[row], scores[2 * row] + offset, scores[2 * row + 1]) / y.Length;
            plain += family.Loss(y[row], start[0] + offset, start[1]) / y.Length;
            truth += family.Loss(y[row], location + offset, spread) / y.Length;
            var mean = family.MeanLink.Inverse(scores[2 * row] + offset);
            for (var level = 0; level < 3; level++)
            {
                var quantile = family.Quantile(levels[level], mean, scores[2 * row + 1]);
                below[level] += (y[row] < quantile ? 1.0 : 0) / y.Length;
                // Of counts, and of no amount, ties at the quantile are shared out by chance (randomised, as for any lattice).
                if (objective is BoostingObjective.NegativeBinomial or BoostingObjective.Tweedie && y[row] == quantile)
                {
                    var chance = Math.Exp(-family.Loss(quantile, Math.Log(mean), scores[2 * row + 1]));
                    var under = 0.0;
                    for (var count = 0; count < quantile; count++)
                        under += Math.Exp(-family.Loss(count, Math.Log(mean), scores[2 * row + 1]));
                    below[level] += (random.NextDouble() < (levels[level] - under) / chance ? 1.0 : 0) / y.Length;
                }
            }
        }
        Assert.InRange(Math.Sqrt(errors), 0, 0.12);
        Assert.InRange(Math.Sqrt(spreads), 0, objective == BoostingObjective.NegativeBinomial ? 0.35 : 0.15);
        // Of what the truth gains over two constants nearly all is gained.
        Assert.InRange((plain - ours) / (plain - truth), isSlow ? 0.8 : 0.9, 1.03);
        for (var level = 0; level < 3; level++)
            Assert.Equal(levels[level], below[level], 0.025);
        Assert.Equal(1, fit.Balance, 1e-9);
    }

    [Theory]
    [MemberData(nameof(Objectives))]
    public void It_beats_a_fit_of_the_mean_alone(BoostingObjective objective)
    {
        var (learn, fresh) = (Draw(objective, 8000, seed: 3), Draw(objective, 4000, seed: 4));
        var family = FamilyOf(objective);

        var both = new BoostingTrainer(Small with { Objective = objective }).Fit(SetOf(objective, learn));
        var alone = new BoostingTrainer(Small with { Objective = objective, FitsSpread = false }).Fit(SetOf(objective, learn));

        var spread = StartsOf(both)[1];
        var (scores, eta, years) = (
            MulticlassTests.All(both.Trees, fresh),
            Scores.Of(alone.Trees, fresh),
            YearsOf(objective, fresh)
        );
        var (ours, theirs, ranked, rankedAlone) = (0.0, 0.0, 0.0, 0.0);
        for (var row = 0; row < eta.Length; row++)
        {
            var (y, offset) = (fresh.Numeric("y").Values[row], Math.Log(years[row]));
            ours += family.Loss(y, scores[2 * row] + offset, scores[2 * row + 1]);
            theirs += family.Loss(y, eta[row] + offset, spread);
            ranked += family.RankedScore(y, family.MeanLink.Inverse(scores[2 * row] + offset), scores[2 * row + 1]);
            rankedAlone += family.RankedScore(y, family.MeanLink.Inverse(eta[row] + offset), spread);
        }
        Assert.True(ours < theirs, $"{ours} is not below {theirs}");
        Assert.True(ranked < rankedAlone, $"{ranked} is not below {rankedAlone}");
    }

    [Theory]
    [MemberData(nameof(Objectives))]
    public void A_weight_of_two_is_the_row_twice(BoostingObjective objective)
    {
        var learn = Draw(objective, 1000, seed: 5);
        var options = Small with { Objective = objective, Rounds = 8, QuantisedGradients = false, MinimumLeafRows = 1 };
        var twice = learn.With(new NumericColumn("w", [.. Enumerable.Range(0, 1000).Select(row => row < 500 ? 2.0 : 1)]));
        var copied = learn.Take([.. Enumerable.Range(0, 1000), .. Enumerable.Range(0, 500)]);

        var weighted = new BoostingTrainer(options).Fit(SetOf(objective, twice) with { Weight = "w" });
        var repeated = new BoostingTrainer(options).Fit(SetOf(objective, copied));

        var (expected, actual) = (MulticlassTests.All(repeated.Trees, learn), MulticlassTests.All(weighted.Trees, learn));
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-6);
    }

    [Theory]
    [MemberData(nameof(Objectives))]
    public void The_first_tree_of_the_mean_is_that_of_a_fit_of_the_mean(BoostingObjective objective)
    {
        var learn = Draw(objective, 1000, seed: 6);
        var options = Small with { Objective = objective, Rounds = 1, RestoreBalance = false, QuantisedGradients = false };
        // Under squared error and at a common size the two losses differ by a constant factor.
        if (objective == BoostingObjective.Gamma)
            options = options with { L2 = 0, MinimumLeafHessian = 0 };

        var both = new BoostingTrainer(options).Fit(SetOf(objective, learn));

        Assert.Equal(2, both.Trees.TreeCount);
        Assert.Equal(1.0, both.Curve[0].Learn / (2 * MeanLoss(objective, learn, StartsOf(both))), 1e-9);
        Assert.True(both.Curve[1].Learn < both.Curve[0].Learn);
        if (objective != BoostingObjective.SquaredError)
            return;
        var alone = new BoostingTrainer(options with { FitsSpread = false }).Fit(SetOf(objective, learn));
        var (scores, eta) = (MulticlassTests.All(both.Trees, learn), Scores.Of(alone.Trees, learn));
        for (var row = 0; row < eta.Length; row++)
            Assert.Equal(eta[row], scores[2 * row], 1e-9);
    }

    [Fact]
    public void Other_objectives_and_a_given_size_are_refused()
    {
        Assert.Equal(
            [
                "Objective is Poisson; it must be Gamma, NegativeBinomial, Tweedie or SquaredError where a second parameter is fitted.",
            ],
            new BoostingOptions { FitsSpread = true }.Validate()
        );
        Assert.Equal(
            ["Theta is 2; it must be left out where it is fitted."],
            new BoostingOptions
            {
                FitsSpread = true,
                Objective = BoostingObjective.NegativeBinomial,
                Theta = 2,
            }.Validate()
        );
    }

    [Fact]
    public void The_power_of_a_tweedie_is_found_beside_its_dispersion()
    {
        const double power = 1.3;
        var (learn, fresh) = (DrawAt(power, 4000, seed: 11), DrawAt(power, 2000, seed: 12));
        var options = Small with
        {
            Objective = BoostingObjective.Tweedie,
            Rounds = 15,
            LearningRate = 0.3,
            EstimateTweediePower = true,
        };

        var fit = new BoostingTrainer(options).Fit(SetOf(BoostingObjective.Tweedie, learn));

        Assert.Equal(power, fit.Shape!.Value, 0.04);
        Assert.Equal(Family.Tweedie(fit.Shape.Value), fit.FittedFamily);
        // The trees are those of a fit at that power, and the power is the one of largest likelihood at their scores.
        var given = new BoostingTrainer(options with { EstimateTweediePower = false, TweediePower = fit.Shape.Value }).Fit(
            SetOf(BoostingObjective.Tweedie, learn)
        );
        var scores = MulticlassTests.All(fit.Trees, learn);
        Assert.Equal(MulticlassTests.All(given.Trees, learn), scores);
        double Loss(double at, double factor, double[] own, Table rows) =>
            Enumerable
                .Range(0, rows.RowCount)
                .Sum(row =>
                    new TweedieMeanDispersion(at).Loss(rows.Numeric("y").Values[row], own[2 * row], own[2 * row + 1] + factor)
                ) / rows.RowCount;
        double Best(double at) => Enumerable.Range(-3, 7).Min(step => Loss(at, step / 10.0, scores, learn));
        Assert.True(Best(fit.Shape.Value) < Best(fit.Shape.Value - 0.04));
        Assert.True(Best(fit.Shape.Value) < Best(fit.Shape.Value + 0.04));
        // And it pays on fresh rows against the usual power.
        var usual = new BoostingTrainer(options with { EstimateTweediePower = false }).Fit(
            SetOf(BoostingObjective.Tweedie, learn)
        );
        Assert.True(
            Loss(fit.Shape.Value, 0, MulticlassTests.All(fit.Trees, fresh), fresh)
                < Loss(1.5, 0, MulticlassTests.All(usual.Trees, fresh), fresh)
        );
    }

    /// <summary>Tweedie of any power: μ^(2−p)/(φ·(2−p)) claims of shape (2−p)/(p−1) and scale φ·(p−1)·μ^(p−1).</summary>
    static Table DrawAt(double power, int rowCount, ulong seed)
    {
        var random = new DeterministicRandom(seed);
        var drawn = Draw(BoostingObjective.SquaredError, rowCount, seed);
        var y = new double[rowCount];
        for (var row = 0; row < rowCount; row++)
        {
            var (location, spread) = Truth(
                drawn.Numeric("a").Values[row],
                drawn.Numeric("b").Values[row],
                BoostingObjective.Tweedie
            );
            var (mu, phi) = (Math.Exp(location), Math.Exp(spread));
            var count = random.NextPoisson(Math.Pow(mu, 2 - power) / (phi * (2 - power)));
            y[row] =
                count == 0
                    ? 0
                    : phi * (power - 1) * Math.Pow(mu, power - 1) * random.NextGamma(count * (2 - power) / (power - 1));
        }
        return drawn.With(new NumericColumn("y", y));
    }

    static double MeanLoss(BoostingObjective objective, Table rows, IReadOnlyList<double> starts)
    {
        var (sum, years) = (0.0, YearsOf(objective, rows));
        for (var row = 0; row < rows.RowCount; row++)
            sum += FamilyOf(objective).Loss(rows.Numeric("y").Values[row], starts[0] + Math.Log(years[row]), starts[1]);
        return sum / rows.RowCount;
    }

    /// <summary>Scores of no trees.</summary>
    static double[] StartsOf(BoostingFit fit)
    {
        var none = new SlotBlock(fit.Trees.Inputs.Count, 1);
        var sums = new double[2];
        fit.Trees.Slice(0, 0).ScoreAll(none, [.. Enumerable.Range(0, fit.Trees.Inputs.Count)], sums);
        return sums;
    }

    static ITwoParameterFamily FamilyOf(BoostingObjective objective) =>
        objective switch
        {
            BoostingObjective.Gamma => new GammaMeanShape(),
            BoostingObjective.NegativeBinomial => new NegativeBinomialMeanSize(),
            BoostingObjective.Tweedie => new TweedieMeanDispersion(1.5),
            _ => new NormalMeanDeviation(),
        };

    static double[] YearsOf(BoostingObjective objective, Table rows) =>
        objective == BoostingObjective.NegativeBinomial
            ? rows.Exposure("years").Years.ToArray()
            : [.. Enumerable.Repeat(1.0, rows.RowCount)];

    static TrainingSet SetOf(BoostingObjective objective, Table learn) =>
        new()
        {
            Learn = learn,
            Features = ["a", "b", "c"],
            Target = "y",
            Exposure = objective == BoostingObjective.NegativeBinomial ? "years" : null,
        };

    static (double Location, double Spread) Truth(double a, double b, BoostingObjective objective) =>
        (
            1 + 0.6 * a + (b > 0.5 ? 0.5 : 0),
            (objective == BoostingObjective.SquaredError ? -0.4 : 0.6) + 1.2 * (b - 0.5) + 0.4 * a
        );

    /// <summary>Tweedie of power 1.5: 2·√μ/φ claims of shape 1 and scale φ·√μ/2.</summary>
    static double Amount(ref DeterministicRandom random, double mu, double phi)
    {
        var count = random.NextPoisson(2 * Math.Sqrt(mu) / phi);
        return count == 0 ? 0 : phi * Math.Sqrt(mu) / 2 * random.NextGamma(count);
    }

    static double Hundredths(ref DeterministicRandom random) => random.NextInt(101) / 100.0;

    static Table Draw(BoostingObjective objective, int rowCount, ulong seed)
    {
        var random = new DeterministicRandom(seed);
        var (a, b, c) = (new double[rowCount], new double[rowCount], new double[rowCount]);
        var (y, years) = (new double[rowCount], new double[rowCount]);
        for (var row = 0; row < rowCount; row++)
        {
            (a[row], b[row], c[row]) = (Hundredths(ref random), Hundredths(ref random), Hundredths(ref random));
            years[row] = 0.2 + 0.8 * random.NextDouble();
            var (location, spread) = Truth(a[row], b[row], objective);
            y[row] = objective switch
            {
                BoostingObjective.Gamma => Math.Exp(location) * random.NextGamma(Math.Exp(spread)) / Math.Exp(spread),
                BoostingObjective.NegativeBinomial => random.NextPoisson(
                    years[row] * Math.Exp(location) * random.NextGamma(Math.Exp(spread)) / Math.Exp(spread)
                ),
                BoostingObjective.Tweedie => Amount(ref random, Math.Exp(location), Math.Exp(spread)),
                _ => location + Math.Exp(spread) * random.NextNormal(),
            };
        }
        return new([
            new NumericColumn("a", a),
            new NumericColumn("b", b),
            new NumericColumn("c", c),
            new NumericColumn("y", y),
            new ExposureColumn("years", years),
        ]);
    }
}
