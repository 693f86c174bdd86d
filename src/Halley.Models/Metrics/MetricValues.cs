using Halley.Statistics;
using StatisticsMetrics = Halley.Statistics.Metrics;

namespace Halley.Models;

/// <summary>The figures that every part of the data gets.</summary>
static class MetricValues
{
    /// <summary>Finite figures only: one that the rows can't give is left out.</summary>
    public static IReadOnlyList<Metric> Of(Family family, ScoredRows rows)
    {
        var values = new List<Metric>
        {
            new("deviance", StatisticsMetrics.MeanDeviance(family, rows.Y, rows.Mu, rows.Weight)),
            new("devianceExplained", Explained(family, rows)),
        };
        var actual = rows.ActualTotals;
        if (CanRank(actual))
            values.Add(new("gini", StatisticsMetrics.Gini(actual, rows.Rates, rows.Sizes)));
        if (family == Family.Binomial)
            values.AddRange([
                new("auc", StatisticsMetrics.Auc(rows.Y, rows.Mu, rows.Weight)),
                new("averagePrecision", StatisticsMetrics.AveragePrecision(rows.Y, rows.Mu, rows.Weight)),
                new("logLoss", StatisticsMetrics.LogLoss(rows.Y, rows.Mu, rows.Weight)),
                new("brier", StatisticsMetrics.Brier(rows.Y, rows.Mu, rows.Weight)),
            ]);
        return [.. values.Where(metric => double.IsFinite(metric.Value))];
    }

    /// <summary>Whether a Lorenz curve has a meaning: totals of at least 0, and one above.</summary>
    public static bool CanRank(double[] actual) => actual.All(total => total >= 0) && actual.Any(total => total > 0);

    /// <summary>1 − deviance / deviance of one rate for all: with exposure as offset the plain prediction knows the exposure too.</summary>
    static double Explained(Family family, ScoredRows rows)
    {
        var rate = rows.Actual / Kernels.Reduce.Sum(rows.Sizes);
        var plain =
            rows.Exposure is null || rows.Use == ExposureUse.Rate
                ? Enumerable.Repeat(rate, rows.RowCount)
                : rows.Exposure.Select(years => rate * years);
        return 1 - family.Deviance(rows.Y, rows.Mu, rows.Weight) / family.Deviance(rows.Y, [.. plain], rows.Weight);
    }
}
