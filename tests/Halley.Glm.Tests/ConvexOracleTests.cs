using System.Text.Json;
using Halley.Data;

namespace Halley.Glm.Tests;

/// <summary>Group and fused lasso, monotone rules and boxes against convex solvers' optima, polished to rounding.</summary>
public class ConvexOracleTests
{
    const double Tolerance = 1e-9;

    [Theory]
    [InlineData("group_lasso_0.003")]
    [InlineData("group_lasso_0.01")]
    [InlineData("group_lasso_0.02")]
    [InlineData("group_lasso_0.03")]
    public void Group_lasso_is_the_convex_solvers(string id) =>
        AssertCells(id, id.Split('_')[^1], term => new(term.Name) { Kind = PenaltyKind.Group });

    [Fact]
    public void Falling_bonus_is_the_convex_solvers() =>
        AssertCells(
            "monotone_bonus_decreasing",
            "0",
            term => new(term.Name) { Monotone = term.Name == "BonusClass" ? MonotoneRule.Falling : MonotoneRule.Free }
        );

    [Fact]
    public void Rising_risk_is_the_convex_solvers() =>
        AssertCells(
            "monotone_risk_increasing",
            "0",
            term => new(term.Name) { Monotone = term.Name == "RiskClass" ? MonotoneRule.Rising : MonotoneRule.Free }
        );

    [Fact]
    public void Box_is_the_convex_solvers() => AssertCells("box", "0", term => new(term.Name) { Lower = -0.3, Upper = 0.5 });

    /// <summary>The same optimum where the rule belongs to the term, without a penalty.</summary>
    [Theory]
    [InlineData("monotone_bonus_decreasing", "BonusClass", MonotoneRule.Falling)]
    [InlineData("monotone_risk_increasing", "RiskClass", MonotoneRule.Rising)]
    public void A_monotone_rule_of_a_term_reaches_the_same_optimum(string id, string column, MonotoneRule rule) =>
        AssertHeld(id, term => term.Column == column ? term with { Monotone = rule } : term);

    [Fact]
    public void Limits_of_terms_reach_the_same_optimum() =>
        AssertHeld("box", term => term with { Lowest = Math.Exp(-0.3), Highest = Math.Exp(0.5) });

    static void AssertHeld(string id, Func<LevelTerm, LevelTerm> rule)
    {
        var oracle = PenalisedOracles.Recipes("convex.json").GetProperty(id);
        var terms = PenalisedOracles.Terms("sw_cells", "Area + RiskClass + VehAgeBand + BonusClass");
        var set = PenalisedOracles.Set("sw_cells", "ClaimNb", "none", "log(Exposure)");
        var fit = new GlmTrainer(new() { Terms = [.. terms.Select(term => rule((LevelTerm)term))] }).Fit(set);

        Assert.True(fit.Converged, fit.Advice);
        var half = fit.Deviance / (2 * fit.RowCount);
        Assert.InRange(half, 0, oracle.GetProperty("loss_half_mean_deviance").GetDouble() * (1 + 1e-10));
        Assert.Equal(oracle.GetProperty("intercept").GetDouble(), fit.Coefficients[0].Estimate, 1e-8);
        var expected = oracle.GetProperty("coefficients");
        foreach (var own in fit.Relativities)
        {
            // The base level is not among the solver's coefficients.
            foreach (var level in own.Levels)
                Assert.Equal(
                    expected.TryGetProperty(own.Term + level.Level, out var value) ? value.GetDouble() : 0,
                    level.Coefficient,
                    1e-8
                );
        }
        Assert.Equal(fit.Relativities.Sum(own => own.Levels.Count - 1), expected.EnumerateObject().Count());
    }

    [Theory]
    [InlineData("fused_lasso_age_20", "band", PenaltyKind.Steps)]
    [InlineData("fused_lasso_age_100", "band", PenaltyKind.Steps)]
    [InlineData("fused_lasso_age_400", "band", PenaltyKind.Steps)]
    [InlineData("fused_lasso_region_allpairs_5", "Region", PenaltyKind.Pairs)]
    public void Levels_merge_as_in_the_convex_solvers_optimum(string id, string column, PenaltyKind kind)
    {
        var oracle = PenalisedOracles.Recipes("convex.json").GetProperty(id);
        var cells = oracle.GetProperty("cells");
        var years = Numbers(cells.GetProperty("Exposure"));
        var texts = cells.GetProperty(column).EnumerateArray().Select(cell => cell.ToString()).ToArray();
        var learn = new Table([
            column == "Region"
                ? PenalisedOracles.Category(column, texts)
                : new NumericColumn(column, [.. texts.Select(double.Parse)]),
            new NumericColumn("ClaimNb", Numbers(cells.GetProperty("ClaimNb"))),
            new ExposureColumn("Exposure", years),
        ]);
        var fit = new GlmTrainer(
            new()
            {
                Terms = [new FactorTerm(column) { Base = texts[0] }],
                Penalty = new()
                {
                    Strength = oracle.GetProperty("lam").GetDouble() / texts.Length,
                    Terms = [new(column) { Kind = kind }],
                },
            }
        ).Fit(
            new()
            {
                Learn = learn,
                Features = [],
                Target = "ClaimNb",
                Exposure = "Exposure",
            }
        );
        AssertSame(
            oracle,
            fit,
            coefficient => coefficient.Level is null ? "" : (column == "band" ? "band" : "") + coefficient.Level
        );
    }

    static void AssertCells(string id, string strength, Func<Term, PenaltyTerm> rule)
    {
        var oracle = PenalisedOracles.Recipes("convex.json").GetProperty(id);
        var terms = PenalisedOracles.Terms("sw_cells", "Area + RiskClass + VehAgeBand + BonusClass");
        var fit = new GlmTrainer(
            new()
            {
                Terms = terms,
                Penalty = new() { Strength = double.Parse(strength), Terms = [.. terms.Select(rule)] },
            }
        ).Fit(PenalisedOracles.Set("sw_cells", "ClaimNb", "none", "log(Exposure)"));
        AssertSame(oracle, fit, coefficient => RNames.Of(coefficient).First());
    }

    static void AssertSame(JsonElement oracle, GlmFit fit, Func<GlmCoefficient, string> nameOf)
    {
        Assert.True(fit.Converged);
        Assert.True(fit.Penalty!.Objective <= oracle.GetProperty("objective").GetDouble() * (1 + 1e-12));
        var expected = oracle.GetProperty("coefficients");
        Assert.Equal(oracle.GetProperty("intercept").GetDouble(), fit.Coefficients[0].Estimate, Tolerance);
        foreach (var own in fit.Coefficients.Skip(1))
            Assert.Equal(expected.GetProperty(nameOf(own)).GetDouble(), own.Estimate, Tolerance);
    }

    static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetDouble())];
}
