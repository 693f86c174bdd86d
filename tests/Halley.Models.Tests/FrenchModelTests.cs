using System.Globalization;
using Halley.Data;

namespace Halley.Models.Tests;

public class FrenchModelTests
{
    static readonly Lazy<FittedModel> Glm3 = new(() => ModelFitter.Fit(French.Glm3, French.Policies));

    [Fact]
    public void Glm3_as_a_spec_gives_the_published_deviances()
    {
        var policies = French.Policies;
        Assert.Equal(678_007, policies.RowCount);
        var (learn, test) = (Glm3.Value.Metrics[0], Glm3.Value.Metrics[1]);
        Assert.Equal((DataPart.Learn, 610_206), (learn.Part, learn.Rows));
        Assert.Equal((DataPart.Test, 67_801), (test.Part, test.Rows));
        // R: 24.0843923553021 and 24.1022334573963; published 24.084 and 24.102.
        Assert.Equal(24.0843923553021, 100 * learn["deviance"]!.Value, 1e-9);
        Assert.Equal(24.1022334573963, 100 * test["deviance"]!.Value, 1e-9);
        Assert.Equal("24.102", (100 * test["deviance"]!.Value).ToString("F3", CultureInfo.InvariantCulture));
        Assert.Equal(50, learn["parameters"]);
        Assert.Equal(192715.976427855, learn["aic"]!.Value, 1e-5);
        Assert.Equal(23_738, learn.Predicted, 1e-6);
    }

    [Fact]
    public void Predictions_agree_with_r_row_by_row()
    {
        var reference = CsvReader.Read(SharedData.Path("data/fremtpl2/reference_predictions.csv"));
        var policies = French.Policies;
        var test = policies.Where(row => policies["split"].TextAt(row) == "test");
        var predicted = Glm3.Value.Predict(test, PredictMode.ExposureApplied).Values;
        for (var row = 0; row < reference.RowCount; row++)
        {
            Assert.Equal(reference["IDpol"].TextAt(row), test["IDpol"].TextAt(row));
            var wanted = reference.Numeric("poisson_glm3").Values[row];
            Assert.Equal(wanted, predicted[row], 1e-9 * wanted);
        }
    }

    [Fact]
    public void The_artefact_holds_the_model_to_the_bit()
    {
        var policies = French.Policies;
        var bytes = Artefact.ToBytes(Glm3.Value);
        var read = Artefact.Read(bytes);
        Assert.Equal(bytes, Artefact.ToBytes(read));
        var some = policies.Take([.. Enumerable.Range(0, 5000).Select(i => i * 130)]);
        Assert.Equal(
            Glm3.Value.Predict(some, PredictMode.ExposureApplied).Values.ToArray(),
            read.Predict(some, PredictMode.ExposureApplied, threads: 1).Values.ToArray()
        );
    }

    [Fact]
    public void Relativities_of_region_stand_against_the_named_base()
    {
        var policies = French.Policies;
        var regions = Glm3.Value.Header.Relativities.Where(line => line.Factor == "Region").ToList();
        Assert.Equal(22, regions.Count);
        Assert.Equal("R24", regions.Single(line => line.IsBase).Level);
        Assert.Equal(322_392.22, regions.Sum(line => line.Exposure!.Value), 0.01);
        Assert.True(policies.Has("Region"));
    }

    [Fact]
    public void Trees_beat_the_glm_and_the_comparison_shows_it()
    {
        var policies = French.Policies;
        var trees = ModelFitter.Fit(French.Trees, policies);
        var comparison = ModelComparison.Of([Glm3.Value, trees], policies, new() { Replicates = 40 });
        Assert.Equal(67_801, comparison.Rows);
        Assert.Equal(2645, comparison.Actual, 1e-9);
        Assert.Equal(35_966.58, comparison.Exposure!.Value, 0.01);
        var pair = comparison.Models[1].AgainstFirst!;
        Assert.True(pair.Deviance!.Upper < 0, $"{pair.Deviance}");
        Assert.InRange(100 * comparison.Models[1].Metrics[0].Value, 23.5, 23.9);
        Assert.Equal("BonusMalus", trees.Header.Importance[0].Feature);
        Assert.Equal(10, pair.DoubleLift.Count);
    }
}
