using Halley.Statistics;
using StatisticsMetrics = Halley.Statistics.Metrics;

namespace Halley.Models;

/// <summary>Each class of a model against all others: calibration and tables by factor.</summary>
static class ClassEvaluation
{
    /// <summary>A line for each class, with all its tables.</summary>
    public static IReadOnlyList<ClassResult> Of(
        FittedModel model,
        ClassMetrics metrics,
        HeldOut held,
        EvaluationOptions options
    ) =>
        [
            .. metrics
                .Results()
                .Select(
                    (result, output) =>
                        WithTables(
                            result,
                            model,
                            ScoredRows.OfClass(held.Prepared, metrics.IsClass(output), metrics.Shares[output], metrics.Weight),
                            held,
                            options
                        )
                ),
        ];

    static ClassResult WithTables(ClassResult result, FittedModel model, ScoredRows rows, HeldOut held, EvaluationOptions options)
    {
        var (actual, expected) = (rows.ActualTotals, rows.ExpectedTotals);
        return result with
        {
            ActualExpected = Figure.Of(StatisticsMetrics.ActualExpected(actual, expected, options.Level)),
            Calibration = CalibrationResult.Of(Family.Binomial, Link.Logit, rows, options.Level),
            Bands =
            [
                .. StatisticsMetrics.LiftTable(actual, expected, rows.Sizes, options.Bands, options.Level).Select(BandResult.Of),
            ],
            Factors = FactorTables.Of(model, held, rows, residuals: null, options),
        };
    }
}
