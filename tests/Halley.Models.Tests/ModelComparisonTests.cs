using Halley.Data;
using Halley.Glm;

namespace Halley.Models.Tests;

public class ModelComparisonTests
{
    static readonly Table Rows = Portfolio.Make(12_000);
    static readonly FittedModel Full = ModelFitter.Fit(Specs.Glm, Rows);

    static readonly FittedModel Poor = ModelFitter.Fit(
        Specs.Glm with
        {
            Name = "poor",
            Learner = new GlmLearner { Terms = [new FactorTerm("garage")] },
        },
        Rows
    );

    [Fact]
    public void The_worse_model_shows_a_larger_deviance_and_a_smaller_gini()
    {
        var comparison = ModelComparison.Of([Full, Poor], Rows, new() { Replicates = 60 });
        Assert.Equal(["claim-count-glm", "poor"], comparison.Models.Select(model => model.Model));
        Assert.Null(comparison.Models[0].AgainstFirst);
        var pair = comparison.Models[1].AgainstFirst!;
        Assert.True(pair.Deviance!.Lower > 0, $"{pair.Deviance}");
        Assert.True(pair.Gini!.Upper < 0, $"{pair.Gini}");
        var (first, second) = (comparison.Models[0].Metrics, comparison.Models[1].Metrics);
        Assert.Equal(second[0].Value - first[0].Value, pair.Deviance.Value, 12);
        Assert.Equal(comparison.Models[1].Gini!.Value - comparison.Models[0].Gini!.Value, pair.Gini.Value, 12);
    }

    [Fact]
    public void Where_they_disagree_the_better_model_follows_the_actual()
    {
        var lift = ModelComparison
            .Of([Poor, Full], Rows, new() { Replicates = 20, Bands = 4 })
            .Models[1]
            .AgainstFirst!.DoubleLift;
        Assert.Equal(Enumerable.Range(1, lift.Count), lift.Select(band => band.Band));
        foreach (var band in new[] { lift[0], lift[^1] })
            Assert.True(Math.Abs(band.Actual - band.This) < Math.Abs(band.Actual - band.First), $"{band}");
    }

    [Fact]
    public void A_model_against_itself_differs_by_nothing()
    {
        var pair = ModelComparison.Of([Full, Full], Rows, new() { Replicates = 20 }).Models[1].AgainstFirst!;
        Assert.Equal(0, pair.Deviance!.Value);
        Assert.Equal(0, pair.Gini!.Value);
        Assert.Equal(pair.DoubleLift.Sum(band => band.First), pair.DoubleLift.Sum(band => band.This));
    }

    [Fact]
    public void Learners_of_one_target_are_compared_on_the_first_models_rows()
    {
        var boosting = ModelFitter.Fit(Specs.Boosting, Rows);
        var comparison = ModelComparison.Of([boosting, Full], Rows, new() { Replicates = 20 });
        Assert.Equal(["boosting", "glm"], comparison.Models.Select(model => model.Learner));
        Assert.Equal(boosting.Metrics.Single(part => part.Part == DataPart.Test).Rows, comparison.Rows);
        Assert.Equal(
            Full.Metrics.Single(part => part.Part == DataPart.Test)["deviance"]!.Value,
            comparison.Models[1].Metrics[0].Value,
            12
        );
        Assert.Contains("\"doubleLift\":[{\"band\":1", comparison.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void Models_of_other_targets_are_refused()
    {
        var other = ModelFitter.Fit(
            Specs.Glm with
            {
                Name = "cost",
                Target = "cost",
                ExposureUse = ExposureUse.Rate,
                Family = Statistics.Family.Tweedie(1.5),
            },
            Rows
        );
        var problem = Assert.Throws<HalleyException>(() => ModelComparison.Of([Full, other], Rows));
        Assert.Equal("HLY3505", problem.Code);
        Assert.Contains("target 'claims' and 'cost'; use of exposure Offset and Rate", problem.Message, StringComparison.Ordinal);
        Assert.Equal("HLY3504", Assert.Throws<HalleyException>(() => ModelComparison.Of([Full], Rows)).Code);
    }
}
