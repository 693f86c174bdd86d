namespace Halley.Models.Tests;

public class DeterminismTests
{
    [Fact]
    public void Every_vector_width_gives_the_same_bits() => NarrowRuns.AssertEqualBits();

    [Fact]
    [Trait("Category", "Determinism")]
    public void A_glm_leaves_its_artefact_and_predictions() => Leave("glm", Specs.Glm);

    [Fact]
    [Trait("Category", "Determinism")]
    public void Boosting_leaves_its_artefact_and_predictions() => Leave("boosting", Specs.Boosting);

    static void Leave(string name, ModelSpec spec)
    {
        var model = ModelFitter.Fit(spec, Portfolio.Make(2500), options: new FitOptions { CodeVersion = "any" });
        Fingerprint.Record($"{name} artefact", Artefact.ToBytes(model));
        Fingerprint.Record(
            $"{name} predictions",
            model.Predict(Portfolio.Make(3000, seed: 31), PredictMode.ExposureApplied).Values
        );
    }
}
