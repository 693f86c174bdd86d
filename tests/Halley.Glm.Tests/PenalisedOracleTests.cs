using System.Text.Json;
using Halley.Data;

namespace Halley.Glm.Tests;

/// <summary>Penalised fits against optima that others found: glmnet's problems solved to rounding, and glum's.</summary>
public class PenalisedOracleTests
{
    /// <summary>glum with weights by column, which terms do not have, is not here.</summary>
    public static TheoryData<string> GlumIds =>
        [
            .. "sw_cells_poisson_ridge_0.001 sw_cells_poisson_ridge_0.01 sw_cells_poisson_enet_0.001 sw_cells_poisson_enet_0.01 sw_cells_poisson_lasso_0.001 sw_cells_poisson_lasso_0.01 sw_cells_poisson_lasso_scaled sw_cells_poisson_ridge_scaled sw_cells_poisson_rate_ridge sw_cells_poisson_smooth_bonus sw_cells_poisson_box lapse_binomial_ridge_raw lapse_binomial_ridge_scaled lapse_binomial_lasso_raw lapse_binomial_lasso_scaled fr_sub_poisson_ridge fr_sub_tweedie_ridge fr_sub_poisson_enet fr_sub_tweedie_enet fr_sub_poisson_lasso fr_sub_tweedie_lasso fr_sub_negbin_ridge fr_sub_negbin_enet fr_sub_negbin_lasso aus_sev_gamma_ridge aus_sev_gaussian_ridge aus_sev_gamma_lasso aus_sev_gaussian_lasso".Split(
                ' '
            ),
        ];

    public static TheoryData<string> GlmnetIds =>
        [
            .. "sw_cells_poisson_a0.0_raw sw_cells_poisson_a0.0_std sw_cells_poisson_a0.5_raw sw_cells_poisson_a0.5_std sw_cells_poisson_a1.0_raw sw_cells_poisson_a1.0_std sw_cells_poisson_box lapse_binomial_a1.0_raw lapse_binomial_a1.0_std lapse_binomial_a0.3_std fr_sev_gaussian_a0.0_std fr_sev_gaussian_a0.5_std fr_sev_gaussian_a1.0_std aus_poisson_rate_a1.0_raw".Split(
                ' '
            ),
        ];

    [Theory]
    [MemberData(nameof(GlumIds))]
    public void Objective_and_coefficients_are_glums(string id)
    {
        var recipe = PenalisedOracles.Recipes("glum_recipes.json").GetProperty(id);
        var (view, family) = (Text(recipe, "view"), Text(recipe, "family"));
        var set = PenalisedOracles.Set(view, Text(recipe, "response"), Text(recipe, "weights"), Text(recipe, "offset"));
        var terms = PenalisedOracles.Terms(view, Text(recipe, "columns"));
        var penalty = new GlmPenalty
        {
            Strength = recipe.GetProperty("alpha").GetDouble(),
            L1Ratio = recipe.GetProperty("l1_ratio").GetDouble(),
            Scale = recipe.GetProperty("scale_predictors").GetBoolean() ? PenaltyScale.All : PenaltyScale.None,
            Terms = RulesOf(id, terms),
        };
        var fit = Fit(set, family, recipe, terms, penalty);

        var fits = CsvReader.Read(SharedData.Path("oracles/glm/glum_fits.csv"));
        var row = Enumerable.Range(0, fits.RowCount).Single(row => fits["id"].TextAt(row) == id);
        var objective = fits.Numeric("objective").Values[row];
        Assert.True(fit.Converged);
        Assert.Equal(0, fit.Penalty!.Objective / objective - 1, 1e-11);
        var apart = PenalisedOracles.Apart(fit, PenalisedOracles.Coefficients("glum_coefs.csv", cell => cell("id") == id));
        // How well glum itself is converged bounds how near its coefficients can be.
        var tolerance = Math.Max(1e-7, 1e4 * fits.Numeric("max_kkt_violation").Values[row]);
        Assert.True(apart < tolerance, $"coefficients are {apart:E1} apart");
    }

    [Theory]
    [MemberData(nameof(GlmnetIds))]
    public void Exact_solutions_of_glmnets_problems_are_met(string id)
    {
        var recipe = PenalisedOracles.Recipes("glmnet_recipes.json").GetProperty(id);
        var (view, family) = (Text(recipe, "view"), Text(recipe, "family"));
        var set = PenalisedOracles.Set(view, Text(recipe, "response"), Text(recipe, "weights"), Text(recipe, "offset"));
        var columns = Text(recipe, "columns").Split("~ ")[1].Split(" )")[0];
        var terms = PenalisedOracles.Terms(view, columns);
        var alpha = recipe.GetProperty("alpha").GetDouble();
        var exact = CsvReader.Read(SharedData.Path("oracles/glm/glmnet_exact.csv"));
        var rows = Enumerable.Range(0, exact.RowCount).Where(row => exact["id"].TextAt(row) == id).ToArray();
        Assert.Equal(5, rows.Length);
        foreach (var row in rows)
        {
            var lambda = exact.Numeric("lambda").Values[row];
            // glmnet brings a Gaussian target to variance 1, which leaves its ridge part divided by the standard deviation.
            var (absolute, ridge) = (lambda * alpha, lambda * (1 - alpha));
            if (family == "gaussian")
                ridge /= Deviation(set.Learn.Numeric(set.Target).Values);
            var penalty = new GlmPenalty
            {
                Strength = absolute + ridge,
                L1Ratio = absolute / (absolute + ridge),
                Scale = recipe.GetProperty("standardize").GetBoolean() ? PenaltyScale.All : PenaltyScale.None,
                Terms = RulesOf(id, terms),
            };
            var fit = Fit(set, family, recipe, terms, penalty);
            var step = exact["step"].TextAt(row);
            var expected = PenalisedOracles.Coefficients(
                "glmnet_exact_coefs.csv",
                cell => cell("id") == id && cell("step") == step
            );
            Assert.True(fit.Converged);
            Assert.Equal(0, fit.Penalty!.Objective / exact.Numeric("objective").Values[row] - 1, 1e-12);
            var apart = PenalisedOracles.Apart(fit, expected);
            Assert.True(apart < 1e-8, $"step {step}: coefficients are {apart:E1} apart");
        }
    }

    static GlmFit Fit(TrainingSet set, string family, JsonElement recipe, Term[] terms, GlmPenalty penalty) =>
        new GlmTrainer(
            new()
            {
                Family = PenalisedOracles.FamilyOf(
                    family,
                    recipe.TryGetProperty("power", out var power) ? power.GetDouble() : 1.5
                ),
                Link = PenalisedOracles.LinkOf(family),
                Terms = terms,
                Penalty = penalty,
            }
        ).Fit(set);

    static IReadOnlyList<PenaltyTerm> RulesOf(string id, Term[] terms) =>
        id switch
        {
            "sw_cells_poisson_box" => [.. terms.Select(term => new PenaltyTerm(term.Name) { Lower = -0.3, Upper = 0.5 })],
            "sw_cells_poisson_smooth_bonus" =>
            [
                .. terms.Select(term => new PenaltyTerm(term.Name)
                {
                    Weight = term.Name == "BonusClass" ? 1 : 0,
                    Kind = term.Name == "BonusClass" ? PenaltyKind.Steps : PenaltyKind.Each,
                }),
            ],
            _ => [],
        };

    static double Deviation(ReadOnlySpan<double> values)
    {
        var (sum, square) = (0.0, 0.0);
        foreach (var value in values)
            sum += value;
        foreach (var value in values)
            square += (value - sum / values.Length) * (value - sum / values.Length);
        return Math.Sqrt(square / values.Length);
    }

    static string Text(JsonElement recipe, string name) => recipe.GetProperty(name).GetString()!;
}
