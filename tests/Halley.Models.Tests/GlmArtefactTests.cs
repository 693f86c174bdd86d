using Halley.Data;
using Halley.Glm;

namespace Halley.Models.Tests;

public class GlmArtefactTests
{
    static readonly FittedModel Model = ModelFitter.Fit(Specs.Glm, Portfolio.Make(600));
    static readonly byte[] Bytes = Artefact.ToBytes(Model);

    [Fact]
    public void A_glm_comes_back_whole()
    {
        var read = Artefact.Read(Bytes);
        Assert.Equal(Bytes, Artefact.ToBytes(read));
        Assert.Equal(Model.Header.Relativities, read.Header.Relativities);
        var table = Portfolio.Make(500, seed: 99);
        Assert.Equal(
            Model.Predict(table, PredictMode.ExposureApplied).Values.ToArray(),
            read.Predict(table, PredictMode.ExposureApplied).Values.ToArray()
        );
    }

    [Fact]
    public void Factors_bands_and_numbers_are_written_as_onnx_and_curves_are_refused()
    {
        var table = Portfolio.Make(1500);
        GlmLearner With(params Term[] terms) => new() { Terms = terms };
        var spec = Specs.Glm with
        {
            Rules = [new("age", ValueRule.Replace("45")), new("garage", ValueRule.Missing)],
            Learner = With(
                new FactorTerm("brand"),
                new FactorTerm("old"),
                new BandedTerm("age", [25, 40, 60]),
                new NumericTerm("young"),
                new LogTerm("age"),
                new InteractionTerm([new FactorTerm("brand"), new NumericTerm("young")])
            ),
        };

        var exported = ModelExport.Of(ModelFitter.Fit(spec, table), ExportFormat.Onnx, table);

        Assert.Equal(1500, exported.Rows);
        Assert.InRange(exported.LargestDifference, 0, 1e-12);
        Assert.Equal(["old", "young"], exported.Computed.Select(derived => derived.Name));
        var curved = ModelFitter.Fit(spec with { Learner = With(new SmoothTerm("age")) }, table);
        Assert.StartsWith(
            "HLY2152: term 's(age)' is a curve",
            Assert.Throws<HalleyException>(() => ModelExport.Of(curved, ExportFormat.Onnx)).Message,
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "HLY3466",
            Assert.Throws<HalleyException>(() => ModelExport.Of(curved, ExportFormat.LightGbm)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Smooths_tests_and_controls_come_back_with_the_model()
    {
        GlmLearner learner = new()
        {
            Terms =
            [
                new SmoothTerm("age"),
                new NaturalSplineTerm("young") { DegreesOfFreedom = 2 },
                new CredibilityTerm("brand"),
                new FactorTerm("old") { Base = "false" },
                new FactorTerm("garage"),
                new InteractionTerm(new SmoothTerm("age") { Size = 4 }, new SmoothTerm("cost") { Size = 4 }),
            ],
            Options = new()
            {
                Controls = new Dictionary<string, string> { ["garage"] = "true" },
                LikelihoodRatioTests = true,
            },
        };
        var table = Portfolio.Make(900);
        var model = ModelFitter.Fit(Specs.Glm with { Learner = learner }, table);

        var read = Artefact.Read(Artefact.ToBytes(model));

        Assert.Equal(model.Spec.ToJson(), read.Spec.ToJson());
        Assert.DoesNotContain(read.Inputs.Fields, field => field.Name == "garage");
        Assert.Equal(model.Header.TermTests, read.Header.TermTests);
        Assert.Contains(read.Header.TermTests!, test => test.Term == "garage" && test.LikelihoodRatio >= 0);
        Assert.Equal(["s(age)", "re(brand)", "s(age):s(cost)"], read.Header.Smooths!.Select(smooth => smooth.Term));
        Assert.Equal(model.Header.Smooths![0].Curve, read.Header.Smooths![0].Curve);
        Assert.Equal(model.Header.Smooths[2].Lambdas, read.Header.Smooths[2].Lambdas);
        Assert.Equal(["age", "cost"], read.Header.Smooths[2].Columns);
        Assert.Equal(
            model.Header.Smooths[2].Surface!.Select(point => (point.At[0], point.At[1], point.Value, point.StandardError)),
            read.Header.Smooths[2].Surface!.Select(point => (point.At[0], point.At[1], point.Value, point.StandardError))
        );
        var fresh = Portfolio.Make(300, seed: 77);
        Assert.Equal(
            model.Predict(fresh, PredictMode.AtExposureOne).Values.ToArray(),
            read.Predict(fresh.Without(["garage"]), PredictMode.AtExposureOne).Values.ToArray()
        );
    }

    [Theory]
    [InlineData("negbinomial", "theta")]
    [InlineData("tweedie", "power")]
    public void A_family_is_kept_as_it_was_estimated(string family, string metric)
    {
        var model = ModelFitter.Fit(Specs.Glm with { Family = Statistics.Family.Parse(family) }, Portfolio.Make(600));

        var read = Artefact.Read(Artefact.ToBytes(model));

        Assert.Equal(model.Family, read.Family);
        Assert.StartsWith(family + "(", read.Family.Name, StringComparison.Ordinal);
        Assert.Equal(family, read.Spec.Family.Name);
        Assert.NotNull(model.Metrics[0][metric]);
    }

    [Fact]
    public void A_changed_scorer_with_hashes_made_anew_is_refused_or_predicts_the_same()
    {
        var fresh = Portfolio.Make(300, seed: 12);
        var expected = Model.Predict(fresh, PredictMode.AtExposureOne).Values.ToArray();
        var container = ArtefactContainer.Open(Bytes);
        var scorer = container["scorer"];
        var (refused, accepted) = (0, 0);
        for (var position = 0; position < scorer.Length; position++)
        {
            foreach (var flip in new byte[] { 0x01, 0x80, 0xFF })
            {
                var content = scorer.ToArray();
                content[position] ^= flip;
                var forged = ArtefactContainer.Compose(
                    new("header", container["header"]),
                    new("scorer", content),
                    new("checks", container["checks"])
                );
                try
                {
                    var read = Artefact.Read(forged);
                    accepted++;
                    var predicted = read.Predict(fresh, PredictMode.AtExposureOne, threads: 1).Values;
                    for (var row = 0; row < expected.Length; row++)
                        Assert.Equal(expected[row], predicted[row], 1e-9);
                }
                catch (HalleyException problem)
                {
                    Assert.StartsWith("HLY", problem.Code, StringComparison.Ordinal);
                    refused++;
                }
            }
        }
        // Names of terms are no danger; coefficients are.
        Assert.True(refused > 4 * accepted && accepted > 0, $"{refused} refused, {accepted} accepted");
    }
}
