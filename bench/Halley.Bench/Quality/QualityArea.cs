using Halley.Models;
using Halley.Sources;
using Halley.Specs;

namespace Halley.Bench;

/// <summary>How well models predict, on published splits. Each setting is frozen in a committed spec; test rows choose nothing.</summary>
sealed class QualityArea : IArea
{
    public string Name => "quality";

    static string Sample => Path.Combine(Shared.ProjectRoot, "samples", "real");

    /// <summary>Specs that no sample road walks.</summary>
    static string Frozen => Path.Combine(Shared.ProjectRoot, "samples", "quality");

    public IEnumerable<Figure> Measure(BenchOptions options)
    {
        var frozen = new ProjectTables(SpecFiles.Data.Read(Path.Combine(Frozen, "data.yaml")), Frozen);
        if (options.Wants("quality.pg17.") && Shared.Has(AnyClaim.Relative, "quality.pg17.*"))
            yield return new AnyClaim(SpecOf("any-claim-trees"), frozen.Read("game")).Measure();
        if (options.Wants("quality.severity.") && Shared.Has(ClaimCost.Relative, "quality.severity.*"))
        {
            var claims = frozen.Read("australia");
            yield return new ClaimCost(SpecOf("claim-cost-trees"), claims).Default();
            yield return new ClaimCost(SpecOf("claim-cost-tuned-trees"), claims).Tuned();
        }
        if (options.Wants("quality.fraud.") && Shared.Has(Fraud.Relative, "quality.fraud.*"))
        {
            var fraud = new Fraud(SpecOf("fraud-forward-trees"), SpecOf("fraud-random-trees"), frozen.Read("fraud_judged"));
            foreach (var figure in fraud.Measure())
                yield return figure;
        }
        if (!options.Wants("quality.french.") || !Shared.Has(FrenchFile.Relative, "quality.french.*"))
            yield break;
        var tables = new ProjectTables(SpecFiles.Data.Read(Path.Combine(Sample, "data.yaml")), Sample);
        if (options.Wants("quality.french.glm3"))
            yield return Deviance(
                tables,
                "quality.french.glm3_test_deviance",
                "frequency-glm",
                "published (Wüthrich & Merz 2023)",
                24.102
            );
        var trees = SpecFiles.Model.Read(Path.Combine(Sample, "models", "frequency-trees.yaml"));
        foreach (var figure in new FrenchBoosting(trees.Spec, tables.Read(trees.Data)).Measure(options))
            yield return figure;
        if (!options.Wants("quality.french.tweedie_"))
            yield break;
        var premium = new PurePremium(
            SpecOf("claim-count-plain-trees"),
            SpecOf("risk-price-correction-trees"),
            SpecOf("risk-price-glm1"),
            tables.Read("policies")
        );
        foreach (var figure in premium.Measure(options))
            yield return figure;
    }

    static ModelSpec SpecOf(string model) => SpecFiles.Model.Read(Path.Combine(Frozen, "models", model + ".yaml")).Spec;

    /// <summary>Mean Poisson deviance of the test rows, times 100, as the literature has it: each policy counts once.</summary>
    static Figure Deviance(ProjectTables tables, string id, string model, string rival, double rivalValue)
    {
        var file = SpecFiles.Model.Read(Path.Combine(Sample, "models", model + ".yaml"));
        var table = tables.Read(file.Data);
        var fitted = ModelFitter.Fit(file.Spec, table);
        var test = table.Where(row => table["split"].TextAt(row) == "test");
        var claims = test.Numeric("ClaimNb").Values;
        var expected = fitted.Predict(test, PredictMode.ExposureApplied).Values;
        var sum = 0.0;
        for (var row = 0; row < claims.Length; row++)
            sum += fitted.Family.UnitDeviance(claims[row], expected[row]);
        var deviance = 100 * sum / claims.Length;
        return new(
            id,
            deviance,
            "mean Poisson deviance x 100, smaller is better",
            rival,
            rivalValue,
            rivalValue / deviance,
            $"samples/real/models/{model}.yaml, 67,801 test rows"
        );
    }
}
