using Halley.Boosting;
using Halley.Statistics;

namespace Halley.Models;

/// <summary>Figures of what a learner minimises, where that is no family's deviance.</summary>
static class ObjectiveMetrics
{
    public static IReadOnlyList<Metric> Of(LearnerSpec learner, ScoredRows rows) =>
        learner switch
        {
            BoostingLearner { Objective: BoostingObjective.Quantile } boosting =>
            [
                new("pinballLoss", MeanLoss(new PinballLoss(boosting.Options.QuantileLevel), rows)),
                new("coverage", Coverage(rows)),
            ],
            BoostingLearner { Objective: BoostingObjective.Huber } boosting =>
            [
                new("huberLoss", MeanLoss(new HuberLoss(boosting.Options.HuberDelta), rows)),
            ],
            _ => [],
        };

    static double MeanLoss<TLoss>(TLoss loss, ScoredRows rows)
        where TLoss : struct, IHalfDeviance =>
        HalfDeviances.Sum(loss, rows.Y, rows.Mu, rows.Weight) / Kernels.Reduce.Sum(rows.Weight);

    /// <summary>Share of the weight whose target is at most its prediction.</summary>
    static double Coverage(ScoredRows rows)
    {
        var covered = 0.0;
        for (var row = 0; row < rows.RowCount; row++)
            covered += rows.Y[row] <= rows.Mu[row] ? rows.Weight[row] : 0;
        return covered / Kernels.Reduce.Sum(rows.Weight);
    }
}
