using System.Text.Json;
using Halley.Data;
using Halley.Statistics;

namespace Halley.Glm.Tests;

/// <summary>Smooths against mgcv 1.8-41.</summary>
public class SmoothTests
{
    static readonly Lazy<JsonElement> Small = new(() => Read("gam_small.json"));
    static readonly Lazy<JsonElement> Large = new(() => Read("gam_fits.json"));

    [Theory]
    [InlineData("ps_fixed", 12, SmoothKind.PSpline, 2)]
    [InlineData("ps_fixed_first_difference", 20, SmoothKind.PSpline, 1)]
    [InlineData("cr_fixed", 12, SmoothKind.Cubic, 2)]
    [InlineData("ps_reml", 20, SmoothKind.PSpline, 2)]
    [InlineData("cr_reml", 12, SmoothKind.Cubic, 2)]
    public void One_smooth_is_that_of_mgcv(string id, int size, SmoothKind kind, int order)
    {
        var expected = Small.Value.GetProperty(id);
        var given = expected.GetProperty("smoothing_parameter").GetString() == "fixed";
        var lambda = Number(expected, "lambda_on_raw_penalty");
        var term = new SmoothTerm("DrivAge")
        {
            Size = size,
            Basis = kind,
            PenaltyOrder = order,
            Lambda = given ? lambda : null,
            Knots = kind == SmoothKind.Cubic ? Numbers(expected, "knots") : null,
        };

        var fit = new GlmTrainer(new() { Terms = [term] }).Fit(ByAge());

        var tolerance = given ? 1e-9 : 1e-4;
        Assert.True(fit.Converged, fit.Advice);
        AssertNear(lambda, fit.Smooths[0].Lambda, given ? 0 : 1e-4);
        AssertNear(Number(expected, "deviance"), fit.Deviance, given ? 1e-10 : 1e-5);
        AssertNear(Number(expected, "edf_total"), fit.EffectiveDegrees, tolerance);
        AssertNear(Number(expected, "edf_smooth"), fit.Smooths[0].Degrees, tolerance);
        AssertNear(Number(expected, "reml"), fit.RestrictedScore!.Value, 1e-9);
        var (ages, etas, errors) = (
            Numbers(expected, "grid_age"),
            Numbers(expected, "grid_eta"),
            Numbers(expected, "grid_se_mgcv")
        );
        var predicted = Predicted(fit, ages);
        for (var i = 0; i < ages.Length; i++)
            Assert.Equal(etas[i], predicted[i], (given ? 1e-8 : 1e-5) * errors[i] * 100);
    }

    [Theory]
    [InlineData("fr_sub_gam_reml")]
    [InlineData("fr_sub_gam_fixed_sp")]
    public void Several_smooths_are_those_of_mgcv(string id)
    {
        var expected = Large.Value.GetProperty(id);
        var scales = Numbers(Large.Value.GetProperty("fr_sub_gam_fixed_sp"), "penalty_scale");
        double[] lambdas = [.. Numbers(expected, "sp").Zip(scales, (sp, scale) => sp / scale)];
        var given = id == "fr_sub_gam_fixed_sp";
        var set = new TrainingSet
        {
            Learn = OracleViews.FrenchFirst,
            Features = [],
            Target = "ClaimNb",
            Exposure = "Exposure",
        };
        Term[] terms =
        [
            new FactorTerm("VehGas") { Base = "Diesel" },
            new SmoothTerm("DrivAge")
            {
                Basis = SmoothKind.PSpline,
                Size = 12,
                Lambda = given ? lambdas[0] : null,
            },
            new SmoothTerm("VehAge") { Size = 10, Lambda = given ? lambdas[1] : null },
            new SmoothTerm("BonusMalusGLM") { Size = 10, Lambda = given ? lambdas[2] : null },
        ];

        var fit = new GlmTrainer(new() { Terms = terms }).Fit(set);

        Assert.True(fit.Converged, fit.Advice);
        var edf = Numbers(expected, "edf");
        for (var k = 0; k < 3; k++)
        {
            AssertNear(lambdas[k], fit.Smooths[k].Lambda, given ? 1e-12 : 1e-4);
            AssertNear(edf[k], fit.Smooths[k].Degrees, given ? 1e-8 : 1e-4);
        }
        AssertNear(Number(expected, "deviance"), fit.Deviance, given ? 1e-10 : 1e-7);
        var parametric = expected.GetProperty("parametric");
        var errors = Numbers(expected, "parametric_se");
        Assert.Equal(Number(parametric, "(Intercept)"), fit.Coefficients[0].Estimate, (given ? 1e-7 : 1e-5) * errors[0]);
        Assert.Equal(Number(parametric, "VehGasRegular"), fit.Coefficients[1].Estimate, (given ? 1e-7 : 1e-5) * errors[1]);
        AssertNear(errors[0], fit.Coefficients[0].StandardError, given ? 1e-7 : 1e-5);
        AssertNear(errors[1], fit.Coefficients[1].StandardError, given ? 1e-7 : 1e-5);
        AssertCurves(id, fit, 1e-5);
        AssertTests(expected, fit);
    }

    // mgcv's statistic has the rank tr(2F − F²) with its fraction, ours rounded.
    static void AssertTests(JsonElement expected, GlmFit fit)
    {
        var tests = fit.Inference.TermTests(likelihoodRatio: true);
        var (statistics, values) = (Numbers(expected, "chi_sq"), Numbers(expected, "p_value"));
        for (var k = 0; k < 3; k++)
        {
            var test = tests.Single(test => test.Term == fit.Smooths[k].Term);
            Assert.InRange(test.Wald, 0.75 * statistics[k], 1.25 * statistics[k]);
            Assert.InRange(
                Math.Log10(test.WaldPValue + 1e-12),
                Math.Log10(values[k] + 1e-12) - 1.5,
                Math.Log10(values[k] + 1e-12) + 1
            );
            Assert.Equal(fit.Smooths[k].Degrees, test.Degrees);
            Assert.True(test.DevianceChange > 0 && test.LikelihoodRatioPValue < 0.01);
        }
    }

    [Fact]
    public void A_smooth_of_noise_is_not_found_to_matter_more_often_than_by_chance()
    {
        var small = 0;
        for (var seed = 1UL; seed <= 20; seed++)
        {
            // The claims do not depend on the value.
            var fit = Books.Cases[0].Fit(Books.Motor(800, seed), new FactorTerm("zone"), new SmoothTerm("value"));
            var test = fit.TermTests.Single(test => test.Term == "s(value)");
            small += test.WaldPValue < 0.1 ? 1 : 0;
        }
        Assert.InRange(small, 0, 6);
    }

    [Fact]
    public void Dispersion_and_smoothing_are_chosen_together_as_by_mgcv()
    {
        var expected = Large.Value.GetProperty("aus_sev_gamma_gam_reml");
        var learn = OracleViews.AustralianClaims;
        learn = learn.With(FrenchData.Derived(learn, "LogVal", "VehValue", value => Math.Log(value + 0.1)));
        var set = new TrainingSet
        {
            Learn = learn,
            Features = [],
            Target = "AvCost",
            Weight = "ClaimNb",
        };
        Term[] terms =
        [
            new FactorTerm("Gender") { Base = "Female" },
            new FactorTerm("DrivAge") { Base = "old people" },
            new SmoothTerm("LogVal"),
        ];

        var fit = new GlmTrainer(new() { Family = Family.Gamma, Terms = terms }).Fit(set);

        // mgcv's scale is Pearson's over 1 + the mean of V′(μ)·(y − μ)/V(μ) (Fletcher 2012); ours is Pearson's alone.
        var rows = fit.Inference.Diagnostics();
        var bar = rows.Response.Select((residual, row) => 2 * residual / rows.Mean[row]).Average();
        AssertNear(Number(expected, "scale"), fit.Dispersion / (1 + bar), 1e-5);
        var ratio = Math.Sqrt(fit.Dispersion / Number(expected, "scale"));
        AssertNear(Number(expected, "deviance"), fit.Deviance, 1e-7);
        AssertNear(Numbers(expected, "edf")[0], fit.Smooths[0].Degrees, 1e-4);
        var errors = Numbers(expected, "parametric_se");
        var names = expected.GetProperty("parametric").EnumerateObject().ToArray();
        for (var i = 0; i < names.Length; i++)
        {
            var own = fit.Coefficients.Single(coefficient => RNames.Of(coefficient).First() == names[i].Name);
            Assert.Equal(names[i].Value.GetDouble(), own.Estimate, 1e-5 * errors[i]);
            AssertNear(errors[i], own.StandardError / ratio, 1e-4);
        }
        AssertCurves("aus_sev_gamma_gam_reml", fit, 1e-4);
    }

    // mgcv's bam(discrete = TRUE) with thin-plate bases reaches 23.9513.
    [Fact]
    public void French_claims_are_predicted_as_well_as_by_mgcv()
    {
        Term[] terms =
        [
            new SmoothTerm("VehAge") { Size = 20 },
            new SmoothTerm("DrivAge") { Size = 20 },
            new SmoothTerm("BonusMalus") { Size = 20 },
            new SmoothTerm("DensityGLM") { Size = 20 },
            new FactorTerm("VehPowerGLM"),
            new FactorTerm("VehBrand"),
            new FactorTerm("VehGas"),
            new FactorTerm("Region"),
        ];
        var set = new TrainingSet
        {
            Learn = FrenchData.Learn,
            Features = [],
            Target = "ClaimNb",
            Exposure = "Exposure",
        };

        var fit = new GlmTrainer(new() { Terms = terms, Threads = 1 }).Fit(set);

        Assert.True(fit.Converged, fit.Advice);
        var test = FrenchData.Test;
        var eta = Scoring.Eta(fit.Scorer, test);
        var years = test.Exposure("Exposure").Years.ToArray();
        double[] expected = [.. eta.Select((value, row) => years[row] * Math.Exp(value))];
        var deviance = 100 * Family.Poisson.Deviance(test.Numeric("ClaimNb").Values, expected) / test.RowCount;
        Assert.InRange(deviance, 23.9, 23.956);
    }

    static void AssertCurves(string id, GlmFit fit, double tolerance)
    {
        var rows = OracleRow.Read("gam_curves.csv", row => row("id") == id);
        Assert.NotEmpty(rows);
        foreach (var group in rows.GroupBy(row => row.Text("smooth")))
        {
            var term = fit.Smooths.Select(smooth => smooth.Term).Single(name => name == $"s({group.Key})");
            var position = ((GlmScorer)fit.Scorer).TermNames.ToList().IndexOf(term);
            foreach (var row in group)
            {
                var value = Contribution((GlmScorer)fit.Scorer, group.Key, position, row.Number("x"));
                var spread = group.Max(other => other.Number("value")) - group.Min(other => other.Number("value"));
                Assert.Equal(row.Number("value"), value, tolerance * spread);
            }
        }
    }

    static double Contribution(GlmScorer scorer, string input, int term, double x)
    {
        var block = new SlotBlock(scorer.Inputs.Count, 1);
        for (var i = 0; i < scorer.Inputs.Count; i++)
            block[i][0] = scorer.Inputs[i].Name == input ? x : 0;
        var contributions = new double[scorer.TermNames.Count];
        scorer.Contributions(block, [.. Enumerable.Range(0, scorer.Inputs.Count)], contributions);
        return contributions[term];
    }

    static double[] Predicted(GlmFit fit, double[] ages) =>
        [.. ages.Select(age => ((GlmScorer)fit.Scorer).Constant + Contribution((GlmScorer)fit.Scorer, "DrivAge", 0, age))];

    /// <summary>The French learn rows summed by age of the driver.</summary>
    static TrainingSet ByAge()
    {
        var learn = FrenchData.Learn;
        var (age, claims) = (learn.Numeric("DrivAge").Values.ToArray(), learn.Numeric("ClaimNb").Values.ToArray());
        var years = learn.Exposure("Exposure").Years.ToArray();
        double[] ages = [.. age.Distinct().Order()];
        var (sums, exposure) = (new double[ages.Length], new double[ages.Length]);
        for (var row = 0; row < age.Length; row++)
        {
            var at = Array.BinarySearch(ages, age[row]);
            sums[at] += claims[row];
            exposure[at] += years[row];
        }
        return new()
        {
            Learn = new([
                new NumericColumn("DrivAge", ages),
                new NumericColumn("ClaimNb", sums),
                new ExposureColumn("Exposure", exposure),
            ]),
            Features = [],
            Target = "ClaimNb",
            Exposure = "Exposure",
        };
    }

    static JsonElement Read(string file) =>
        JsonDocument.Parse(File.ReadAllText(SharedData.Path("oracles/glm/" + file))).RootElement;

    static double Number(JsonElement element, string name) => element.GetProperty(name).GetDouble();

    static double[] Numbers(JsonElement element, string name) =>
        element.GetProperty(name) is { ValueKind: JsonValueKind.Array } array
            ? [.. array.EnumerateArray().Select(value => value.GetDouble())]
            : [Number(element, name)];

    static void AssertNear(double expected, double actual, double relative) =>
        Assert.True(
            Math.Abs(expected - actual) <= relative * Math.Abs(expected),
            $"{actual:R} where {expected:R} is expected, {(actual - expected) / expected:E1} apart"
        );
}
