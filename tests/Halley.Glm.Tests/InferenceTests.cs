using Halley.Data;
using Halley.Statistics;

namespace Halley.Glm.Tests;

/// <summary>Tests of terms, robust errors, intervals and residuals against R (<c>car</c>, <c>sandwich</c>, <c>MASS</c>, <c>stats</c>).</summary>
public class InferenceTests
{
    static readonly Dictionary<string, Lazy<GlmFit>> Fits = new[]
    {
        "sw_cells_poisson",
        "aus_poisson",
        "uk_gamma_inverse",
        "lapse_small_logit",
        "aus_interaction",
    }.ToDictionary(id => id, id => new Lazy<GlmFit>(() => OracleFits.Fit(id)));

    [Theory]
    [InlineData("sw_cells_poisson", "sw_cells_poisson", 4)]
    [InlineData("aus_poisson", "aus_poisson", 5)]
    [InlineData("lapse_small_logit", "lapse_small_logit", 8)]
    [InlineData("uk_gamma_inverse", "uk_gamma_inverse", 3)]
    [InlineData("aus_interaction", "aus_interaction_sum", 4)]
    public void Whole_terms_are_tested_as_by_car(string recipe, string id, int terms)
    {
        var tests = Fits[recipe].Value.Inference.TermTests(likelihoodRatio: true);

        Assert.Equal(terms, tests.Count);
        foreach (var test in tests)
        {
            var wald = Anova(id, "type III Wald", test.Term);
            var ratio = Anova(id, "type III LR", test.Term);
            Assert.Equal(wald.Degrees, test.Degrees);
            AssertNear(wald.Statistic, test.Wald, 1e-8);
            AssertNear(wald.PValue, test.WaldPValue, 1e-7);
            AssertNear(ratio.Statistic, test.LikelihoodRatio!.Value, 1e-7);
            AssertNear(ratio.PValue, test.LikelihoodRatioPValue!.Value, 1e-6);
            if (recipe != "uk_gamma_inverse")
            {
                Assert.Null(test.F);
                continue;
            }
            var f = Anova(id, "type III F", test.Term);
            AssertNear(f.Statistic, test.F!.Value, 1e-8);
            AssertNear(f.PValue, test.FPValue!.Value, 1e-7);
        }
    }

    [Fact]
    public void Base_levels_do_not_change_a_test()
    {
        var (set, options) = OracleFits.Recipe("aus_interaction");
        Term[] moved =
        [
            .. options.Terms.Select(term =>
                term is InteractionTerm ? term
                : term is FactorTerm factor ? factor with { Base = null }
                : term
            ),
        ];

        var tests = new GlmTrainer(options with { Terms = moved }).Fit(set).Inference.TermTests(likelihoodRatio: true);

        foreach (var (expected, actual) in Fits["aus_interaction"].Value.Inference.TermTests(true).Zip(tests))
        {
            AssertNear(expected.Wald, actual.Wald, 1e-7);
            AssertNear(expected.LikelihoodRatio!.Value, actual.LikelihoodRatio!.Value, 1e-7);
        }
    }

    [Theory]
    [InlineData("sw_cells_poisson", 20)]
    [InlineData("uk_gamma_inverse", 13)]
    public void Dropping_a_term_changes_deviance_and_aic_as_a_fit_without_it(string id, int others)
    {
        var (set, options) = OracleFits.Recipe(id);
        var (fit, first) = (Fits[id].Value, options.Terms[0]);

        var test = fit.Inference.TermTests(likelihoodRatio: true).Single(test => test.Term == first.Name);

        var without = new GlmTrainer(options with { Terms = [.. options.Terms.Skip(1)] }).Fit(set);
        Assert.Equal(others, fit.Rank - 1);
        AssertNear(without.Deviance - fit.Deviance, test.DevianceChange!.Value, 1e-8);
        Assert.Equal(fit.Rank - without.Rank, test.Degrees);
        if (id == "sw_cells_poisson")
            AssertNear(without.Aic!.Value - fit.Aic!.Value, test.AicChange!.Value, 1e-8);
    }

    [Theory]
    [InlineData("HC0", ErrorKind.Robust)]
    [InlineData("HC1", ErrorKind.RobustScaled)]
    [InlineData("HC3", ErrorKind.RobustJackknife)]
    [InlineData("cluster HC0 cadjust", ErrorKind.Clustered)]
    [InlineData("model", ErrorKind.Model)]
    public void Robust_errors_are_those_of_sandwich(string type, ErrorKind kind)
    {
        var compared = 0;
        foreach (var id in new[] { "sw_cells_poisson", "uk_gamma_inverse", "lapse_small_logit", "aus_poisson" })
        {
            var (set, options) = OracleFits.Recipe(id);
            var clusters = Enumerable
                .Range(0, set.Learn.RowCount)
                .Select(row =>
                    id switch
                    {
                        "sw_cells_poisson" => row % 200,
                        "uk_gamma_inverse" => row / 4,
                        "lapse_small_logit" => row / 20,
                        _ => row / 100.0,
                    }
                )
                .Select(Math.Floor);
            set = set with { Learn = set.Learn.With(new NumericColumn("cluster", [.. clusters])) };
            var fit = new GlmTrainer(options).Fit(set);

            var errors = fit.Inference.StandardErrors(kind, kind == ErrorKind.Clustered ? "cluster" : null);

            var expected = Table("robust_se.csv", row => row("id") == id && row("type") == type);
            foreach (var (coefficient, error) in fit.Coefficients.Zip(errors))
            {
                AssertNear(
                    expected.Single(row => RNames.Sorted(row.Text("term")) == RNames.Of(coefficient).First()).Number("std_error"),
                    error,
                    1e-8
                );
                compared++;
            }
        }
        Assert.Equal(21 + 14 + 22 + 23, compared);
    }

    [Theory]
    [InlineData("sw_cells_poisson", "profile, exact, chi-square cutoff")]
    [InlineData("uk_gamma_inverse", "profile, exact, chi-square cutoff")]
    [InlineData("uk_gamma_inverse", "profile, exact, F cutoff")]
    public void Profile_intervals_are_exact(string id, string method)
    {
        var fit = Fits[id].Value;
        var expected = Table("confint.csv", row => row("id") == id && row("method") == method);
        for (var i = 0; i < fit.Coefficients.Count; i++)
        {
            var (lower, upper) = method.Contains("chi", StringComparison.Ordinal)
                ? fit.Inference.ProfileIntervalTo(i, ChiSquaredDistribution.Quantile(0.95, 1), default)
                : fit.Inference.ProfileInterval(i, 0.95);

            var row = expected.Single(row => RNames.Sorted(row.Text("term")) == RNames.Of(fit.Coefficients[i]).First());
            var scale = fit.Coefficients[i].StandardError;
            Assert.Equal(row.Number("lower"), lower, 1e-7 * scale);
            Assert.Equal(row.Number("upper"), upper, 1e-7 * scale);
        }
        Assert.Equal(fit.Coefficients.Count, expected.Count);
    }

    [Fact]
    public void Wald_intervals_are_those_of_R()
    {
        var fit = Fits["sw_cells_poisson"].Value;
        var expected = Table("confint.csv", row => row("id") == "sw_cells_poisson" && row("method") == "Wald, normal quantile");
        for (var i = 0; i < fit.Coefficients.Count; i++)
        {
            var (lower, upper) = fit.Inference.WaldInterval(i, 0.95, fit.Coefficients[i].StandardError);

            var row = expected.Single(row => RNames.Sorted(row.Text("term")) == RNames.Of(fit.Coefficients[i]).First());
            Assert.Equal(row.Number("lower"), lower, 1e-8 * fit.Coefficients[i].StandardError);
            Assert.Equal(row.Number("upper"), upper, 1e-8 * fit.Coefficients[i].StandardError);
        }
    }

    [Theory]
    [InlineData("uk_gamma_inverse")]
    [InlineData("sw_cells_poisson")]
    [InlineData("lapse_small_logit")]
    public void Residuals_and_influence_are_those_of_R(string id)
    {
        var own = Fits[id].Value.Inference.Diagnostics();
        var columns = new Dictionary<string, IReadOnlyList<double>>
        {
            ["mu"] = own.Mean,
            ["eta"] = own.Eta,
            ["working_weight"] = own.WorkingWeight,
            ["leverage"] = own.Leverage,
            ["deviance_residual"] = own.Deviance,
            ["pearson_residual"] = own.Pearson,
            ["working_residual"] = own.Working,
            ["response_residual"] = own.Response,
            ["anscombe_residual"] = own.Anscombe,
            ["std_deviance_residual"] = own.StandardisedDeviance,
            ["std_pearson_residual"] = own.StandardisedPearson,
            ["studentized_residual"] = own.Studentised,
            ["cooks_distance"] = own.CooksDistance,
            ["dffits"] = own.Dffits,
        };
        var rows = Table("diagnostics.csv", row => row("id") == id);

        Assert.Equal(50, rows.Count);
        for (var row = 0; row < rows.Count; row++)
        {
            foreach (var (name, values) in columns)
            {
                var expected = rows[row].Number(name);
                // A residual near zero is a difference of numbers as long as the target.
                var scale = name.EndsWith("residual", StringComparison.Ordinal) ? 1e-4 : 0;
                Assert.True(
                    Math.Abs(expected - values[row]) <= 1e-8 * Math.Max(Math.Abs(expected), scale),
                    $"row {row + 1}, {name}: {values[row]:R} where R has {expected:R}"
                );
            }
        }
        Assert.Equal(Fits[id].Value.Rank, own.Leverage.Sum(), 1e-8);
    }

    [Fact]
    public void Anscombe_residuals_of_every_power_tend_to_each_other_and_to_Pearsons_near_the_mean()
    {
        Family[] families =
        [
            Family.Gaussian,
            Family.Poisson,
            Family.Tweedie(1.5),
            Family.Gamma,
            Family.InverseGaussian,
            Family.Binomial,
        ];
        foreach (var family in families)
        {
            var residual = family.Accept(new AnscombeScale())(0.4 + 1e-6, 0.4);
            AssertNear(1e-6 / Math.Sqrt(family.Variance(0.4)), residual, 1e-5);
        }
    }

    [Fact]
    public void A_fit_carries_the_errors_intervals_and_tests_that_its_options_ask_for()
    {
        var (set, options) = OracleFits.Recipe("sw_cells_poisson");
        options = options with { Errors = ErrorKind.RobustScaled, LikelihoodRatioTests = true, ConfidenceLevel = 0.9 };

        var fit = new GlmTrainer(options).Fit(set);
        var profiled = new GlmTrainer(options with { Errors = ErrorKind.Model, ProfileIntervals = true }).Fit(set);

        var plain = Fits["sw_cells_poisson"].Value;
        Assert.Equal(plain.Inference.StandardErrors(ErrorKind.RobustScaled), fit.Coefficients.Select(own => own.StandardError));
        Assert.Equal(
            fit.Coefficients.Select((_, i) => Math.Sqrt(fit.Covariance[i, i])),
            fit.Coefficients.Select(own => own.StandardError)
        );
        Assert.Equal(fit.Inference.TermTests(true, ErrorKind.RobustScaled), fit.TermTests);
        Assert.All(plain.TermTests, test => Assert.Null(test.LikelihoodRatio));
        for (var i = 0; i < fit.Coefficients.Count; i++)
        {
            var own = fit.Coefficients[i];
            Assert.Equal((own.Lower, own.Upper), fit.Inference.WaldInterval(i, 0.9, own.StandardError));
            Assert.Equal(
                (profiled.Coefficients[i].Lower, profiled.Coefficients[i].Upper),
                profiled.Inference.ProfileInterval(i, 0.9)
            );
        }
        var (level, coefficient) = (fit.Relativities[0].Levels[1], fit.Coefficients[1]);
        Assert.Equal((coefficient.Lower, coefficient.Upper), (Math.Log(level.Lower), Math.Log(level.Upper)), Near);
    }

    static bool Near((double, double) left, (double, double) right) =>
        Math.Abs(left.Item1 - right.Item1) < 1e-12 && Math.Abs(left.Item2 - right.Item2) < 1e-12;

    [Fact]
    public void Crunched_residuals_hold_every_row_once_and_are_about_standard_normal()
    {
        var which = Books.Cases[0];
        var fit = which.Fit(Books.Motor(20_000, 3), new FactorTerm("zone"), new FactorTerm("garage"), new NumericTerm("age"));

        var groups = fit.Inference.CrunchedResiduals(50);

        Assert.Equal(50, groups.Count);
        Assert.Equal(20_000, groups.Sum(group => group.RowCount));
        AssertNear(fit.Relativities[0].Levels.Sum(level => level.Observed), groups.Sum(group => group.Observed), 1e-9);
        AssertNear(fit.Relativities[0].Levels.Sum(level => level.Fitted), groups.Sum(group => group.Fitted), 1e-9);
        Assert.InRange(groups.Average(group => group.Residual * group.Residual), 0.5, 1.7);
        Assert.True(
            groups
                .Zip(groups.Skip(1))
                .All(pair => pair.First.Fitted / pair.First.Exposure <= pair.Second.Fitted / pair.Second.Exposure + 1e-12)
        );
    }

    [Fact]
    public void One_cluster_is_refused()
    {
        var table = Books.Motor(50).With(new NumericColumn("fleet", new double[50]));
        var fit = Books.Cases[1].Fit(table, new FactorTerm("zone"));

        var problem = Assert.Throws<HalleyException>(() => fit.Inference.Covariance(ErrorKind.Clustered, "fleet"));

        Assert.Equal("HLY2115", problem.Code);
        Assert.Contains("cluster column 'fleet' has one value in all rows", problem.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => fit.Inference.Covariance(ErrorKind.Clustered));
    }

    static (double Statistic, double Degrees, double PValue) Anova(string id, string test, string term)
    {
        var row = Table("anova.csv", row => row("id") == id && row("test") == test && row("term") == term).Single();
        return (row.Number("statistic"), row.Number("df"), row.Number("p_value"));
    }

    static IReadOnlyList<OracleRow> Table(string file, Func<Func<string, string?>, bool> keep) => OracleRow.Read(file, keep);

    static void AssertNear(double expected, double actual, double relative) =>
        Assert.True(Math.Abs(expected - actual) <= relative * Math.Abs(expected), $"{actual:R} where {expected:R} is expected");
}
