using System.Globalization;
using Halley.Boosting;
using Halley.Kernels;
using Halley.Statistics;

namespace Halley.Models;

/// <summary>Gathers the lines of a <see cref="ShapTable"/>.</summary>
/// <param name="background">Rows that unknown inputs are drawn from, a slot for each of the trees' inputs; null for path-dependent values.</param>
sealed class ShapLines(FittedModel model, TreeEnsemble trees, TreeShap shap, Table table, SlotBlock? background)
{
    readonly List<double> rows = [];
    readonly List<string> features = [];
    readonly List<string> values = [];
    readonly List<double> contributions = [];

    /// <param name="scores">Of every row, the score of the model below in it, shape (n).</param>
    /// <param name="below">Scores of the model below, shape (n); null where there is none.</param>
    public void Add(SlotBlock block, int[] slots, double[] scores, double[]? below, PredictMode mode)
    {
        var own = new double[trees.Inputs.Count];
        int[] places = [.. Enumerable.Range(0, own.Length)];
        var alone = ScorerRows.Compact(block, slots);
        for (var row = 0; row < block.RowCount; row++)
        {
            var at = block.FirstRow + row;
            var start = shap.ExpectedScore(trees.ChosenOutput);
            if (background is null)
                shap.Explain(block, slots, row, trees.ChosenOutput, own);
            else
                start = shap.ExplainAgainst(alone, places, row, background, trees.ChosenOutput, own);
            Line(at, ShapTable.Base, "", start);
            if (OffsetOf(at, below?[at], mode) is { } offset)
                Line(at, ShapTable.Offset, "", offset);
            var sum = start;
            for (var input = 0; input < own.Length; input++)
            {
                sum += own[input];
                Line(at, trees.Inputs[input].Name, TextOf(trees.Inputs[input], block[slots[input]][row]), own[input]);
            }
            // Sums of doubles in another order: what is below this is no part of the score.
            var rest = scores[at] - (below?[at] ?? 0) - sum;
            if (Math.Abs(rest) > 1e-12 * Math.Max(1, Math.Abs(scores[at])))
                Line(at, ShapTable.Rest, "", rest);
        }
    }

    public Table ToTable()
    {
        var hasMultiplier = model.Link.Function is LinkFunction.Log or LinkFunction.Logit;
        return new([
            new NumericColumn("row", [.. rows]),
            new TextColumn("feature", [.. features]),
            new TextColumn("value", [.. values]),
            new NumericColumn("contribution", [.. contributions]),
            new NumericColumn(
                "multiplier",
                [.. contributions.Select(value => hasMultiplier ? VectorMath.Exp(value) : double.NaN)]
            ),
        ]);
    }

    void Line(int row, string feature, string value, double contribution)
    {
        rows.Add(row + 1);
        features.Add(feature);
        values.Add(value);
        contributions.Add(contribution);
    }

    /// <summary>The score of the model below, or the offset column, and, where the prediction is a total, the logarithm of the years; null where there is neither.</summary>
    double? OffsetOf(int row, double? below, PredictMode mode)
    {
        var offset = below;
        var cell = new double[1];
        if (model.Spec.Offset is { } column && table.Has(column))
        {
            table[column].CopySlots(row, cell);
            offset = cell[0];
        }
        if (mode != PredictMode.ExposureApplied || model.Link.Function != LinkFunction.Log)
            return offset;
        table[model.Spec.Exposure!].CopySlots(row, cell);
        return (offset ?? 0) + VectorMath.Log(cell[0]);
    }

    static string TextOf(ScorerInput input, double value) =>
        double.IsNaN(value) ? ""
        : input.Levels is { } levels && value < levels.Count ? levels[(int)value]
        : value.ToString("R", CultureInfo.InvariantCulture);
}
