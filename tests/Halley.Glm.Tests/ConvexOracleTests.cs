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
