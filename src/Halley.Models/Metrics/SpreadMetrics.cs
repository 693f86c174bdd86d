using Halley.Kernels;

namespace Halley.Models;

/// <summary>How well predicted distributions do on some rows.</summary>
static class SpreadMetrics
{
    /// <summary>
    /// logScore (mean −ln f), crps (mean continuous ranked probability score, in the target's unit), and for each quantile the weight at most
    /// at it: below_q5, …; empty for a model without distributions.
    /// </summary>
    public static IReadOnlyList<Metric> Of(
        FittedModel model,
        HeldOut held,
        ScoredRows rows,
        int threads,
        CancellationToken cancellation
    )
    {
        if (model.Outputs is not SpreadOutputs spread)
            return [];
        var scores = model.ScoresOf(held.Source, held.SourceRows, threads, cancellation)[0];
        var levels = ((BoostingLearner)model.Spec.Learner).QuantilesInUse;
        var (total, logScore, ranked, below) = (Reduce.Sum(rows.Weight), 0.0, 0.0, new double[levels.Count]);
        for (var row = 0; row < rows.RowCount; row++)
        {
            var (y, mean, weight) = (rows.Y[row], rows.Mu[row], rows.Weight[row]);
            logScore += weight * spread.Family.Loss(y, spread.Family.MeanLink.Apply(mean), scores[row]);
            ranked += weight * spread.Family.RankedScore(y, mean, scores[row]);
            for (var level = 0; level < below.Length; level++)
                below[level] += y <= spread.Family.Quantile(levels[level], mean, scores[row]) ? weight : 0;
        }
        IEnumerable<Metric> values =
        [
            new("logScore", logScore / total),
            new("crps", ranked / total),
            .. levels.Select((level, i) => new Metric($"below_{SpreadOutputs.NameOf(level)}", below[i] / total)),
        ];
        return [.. values.Where(metric => double.IsFinite(metric.Value))];
    }
}
