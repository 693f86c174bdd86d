namespace Halley.Models;

/// <summary>Measures a model on one part of prepared data.</summary>
static class PartMetricsCalculator
{
    /// <param name="source">The data as they came.</param>
    public static PartMetrics Of(
        FittedModel model,
        PreparedData data,
        Table source,
        DataPart part,
        int threads,
        CancellationToken cancellation
    )
    {
        var held = new HeldOut(data, data.Part(part), data.SourceOf(part, source), data.SourceRowsOf(part));
        if (model.Outputs is ClassOutputs)
            return ClassMetrics.Of(model, held, threads, cancellation).ToMetrics(part);
        var scored = ScoredRows.Of(model, held, threads, cancellation);
        var metrics = PartMeasure.Of(model.Family, scored).ToMetrics(part);
        return metrics with
        {
            Values =
            [
                .. metrics.Values,
                .. ObjectiveMetrics.Of(model.Spec.Learner, scored),
                .. SpreadMetrics.Of(model, held, scored, threads, cancellation),
            ],
        };
    }
}
