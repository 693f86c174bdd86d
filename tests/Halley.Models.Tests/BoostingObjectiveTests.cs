using Halley.Boosting;
using Halley.Statistics;

namespace Halley.Models.Tests;

public sealed class BoostingObjectiveTests
{
    [Fact]
    public void A_quantile_model_reports_its_loss_and_coverage_and_survives_its_file()
    {
        var spec = With(Family.Gaussian, BoostingObjective.Quantile, new() { QuantileLevel = 0.9, Rounds = 30 }) with
        {
            Target = "cost",
            Where = "cost > 0",
        };

        var model = ModelFitter.Fit(spec, Portfolio.Make(4000));

        var learn = model.Metrics[0].Values.ToDictionary(metric => metric.Name, metric => metric.Value);
        Assert.Equal(0.9, learn["coverage"], 0.05);
        Assert.True(learn["pinballLoss"] > 0);
        var read = Artefact.Read(Artefact.ToBytes(model));
        Assert.Equal(BoostingObjective.Quantile, ((BoostingLearner)read.Spec.Learner).Objective);
        Assert.Equal(0.9, ((BoostingLearner)read.Spec.Learner).Options.QuantileLevel);
        Assert.Equal(model.Spec.ToJson(), read.Spec.ToJson());
    }

    [Fact]
    public void A_negative_binomial_without_theta_has_it_estimated()
    {
        var spec = With(Family.NegativeBinomialEstimated, null, new() { Rounds = 10, MinimumLeafRows = 50 }) with
        {
            Exposure = "years",
        };

        var model = ModelFitter.Fit(spec, Portfolio.Make(4000));

        var theta = model.Metrics[0].Values.Single(metric => metric.Name == "theta").Value;
        Assert.Equal(Family.NegativeBinomial(theta), model.Family);
        Assert.Equal(model.Family, Artefact.Read(Artefact.ToBytes(model)).Family);
    }

    [Theory]
    [InlineData(BoostingObjective.Huber, "objective: Huber goes with family gaussian, not poisson.")]
    [InlineData(BoostingObjective.Gamma, "objective: Gamma is what a family names; leave the objective out.")]
    public void An_objective_that_does_not_go_with_its_family_is_refused(BoostingObjective objective, string problem) =>
        Assert.Contains(problem, With(Family.Poisson, objective, new()).Validate());

    static ModelSpec With(Family family, BoostingObjective? objective, BoostingOptions options) =>
        Specs.Boosting with
        {
            Family = family,
            Exposure = null,
            Weight = null,
            Offset = null,
            Learner = (BoostingLearner)Specs.Boosting.Learner with { Objective = objective, Options = options },
        };
}
