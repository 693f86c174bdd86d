using Halley.Statistics;
using StatisticsMetrics = Halley.Statistics.Metrics;

namespace Halley.Models;

/// <summary>Residuals of rows taken together, by prediction and by group.</summary>
/// <remarks>φ is that of the fit where the learner has one, 1 for families that fix it, and Pearson's figure of the rows otherwise.</remarks>
sealed class ResidualTables(FittedModel model, ScoredRows rows)
{
    readonly double dispersion = DispersionOf(model, rows);

    readonly double[] sizes = rows.Sizes;

    /// <summary>Groups of about equal exposure by rising prediction for a year at risk.</summary>
    public IReadOnlyList<ResidualResult> ByPrediction(int groups) =>
        [
            .. ByGroup(StatisticsMetrics.EqualSizeGroups(rows.Rates, sizes, groups), groups)
                .Where(group => group.RowCount > 0)
                .Select(
                    (group, i) =>
                        new ResidualResult(
                            i + 1,
                            group.RowCount,
                            group.Size,
                            group.Observed,
                            group.Fitted,
                            Finite(group.Residual)
                        )
                ),
        ];

    /// <summary>The residual of each group, shape (groups).</summary>
    public double?[] ByCode(int[] codes, int groups) => [.. ByGroup(codes, groups).Select(group => Finite(group.Residual))];

    GroupResidual[] ByGroup(int[] codes, int groups) =>
        StatisticsMetrics.ResidualsByGroup(model.Family, rows.Y, rows.Mu, rows.Weight, sizes, codes, groups, dispersion);

    static double? Finite(double value) => double.IsFinite(value) ? value : null;

    static double DispersionOf(FittedModel model, ScoredRows rows)
    {
        if (model.Metrics.Select(part => part["dispersion"]).FirstOrDefault(value => value is not null) is { } fitted)
            return fitted;
        if (model.Family.FixedDispersion)
            return 1;
        var (sum, count) = (0.0, 0);
        for (var row = 0; row < rows.RowCount; row++)
        {
            if (model.Family.Variance(rows.Mu[row]) is var variance && !(variance > 0) || rows.Weight[row] == 0)
                continue;
            sum += rows.Weight[row] * Math.Pow(rows.Y[row] - rows.Mu[row], 2) / variance;
            count++;
        }
        return count == 0 ? 1 : sum / count;
    }
}
