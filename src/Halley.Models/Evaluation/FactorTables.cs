using Halley.Statistics;
using StatisticsMetrics = Halley.Statistics.Metrics;

namespace Halley.Models;

/// <summary>Actual against expected by factor.</summary>
static class FactorTables
{
    /// <param name="residuals">Null to leave residuals out.</param>
    /// <exception cref="HalleyException">HLY1001: a factor is not a column; HLY3508: it is text.</exception>
    public static IReadOnlyList<FactorResult> Of(
        FittedModel model,
        HeldOut held,
        ScoredRows rows,
        ResidualTables? residuals,
        EvaluationOptions options
    )
    {
        var features = model.Spec.Learner.FeatureNames;
        var (actual, expected, size) = (rows.ActualTotals, rows.ExpectedTotals, rows.Sizes);
        return
        [
            .. (options.Factors ?? features).Select(factor =>
            {
                var groups = FactorGroups.Of(ColumnOf(held, factor), size, options.FactorBands);
                var totals = StatisticsMetrics.ByGroup(groups.Codes, groups.Labels.Count, actual, expected, size, options.Level);
                var residualOf = residuals?.ByCode(groups.Codes, groups.Labels.Count) ?? new double?[groups.Labels.Count];
                return new FactorResult(factor, features.Contains(factor), [.. ResultsOf(totals, groups.Labels, residualOf)]);
            }),
        ];
    }

    static Column ColumnOf(HeldOut held, string factor)
    {
        var column = held.Prepared.Find(factor) ?? held.Source[factor];
        return column.Kind != FieldKind.Text
            ? column
            : throw new HalleyException(
                "HLY3508",
                $"factor '{factor}' is text; declare it a category, or leave it out of the factors."
            );
    }

    static IEnumerable<LevelResult> ResultsOf(
        IEnumerable<GroupTotals> totals,
        IReadOnlyList<string> labels,
        double?[] residualOf
    ) =>
        totals
            .Where(group => group.RowCount > 0)
            .Select(group => new LevelResult(
                labels[group.Group],
                group.RowCount,
                group.Exposure,
                group.Actual,
                group.Expected,
                Figure.Of(group.Ratio),
                residualOf[group.Group]
            ));
}
