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
    readonly List<string> outputs = [];
    readonly List<bool> multiplies = [];
    readonly List<string> features = [];
    readonly List<string> values = [];
    readonly List<double> contributions = [];

    /// <param name="below">Scores of the model below, shape (n); null where there is none.</param>
    public void Add(SlotBlock block, int[] slots, ExplainedOutput output, double[]? below, PredictMode mode)
    {
        var own = new double[trees.Inputs.Count];
        int[] places = [.. Enumerable.Range(0, own.Length)];
        var alone = ScorerRows.Compact(block, slots);
        for (var row = 0; row < block.RowCount; row++)
        {
            var at = block.FirstRow + row;
            var start = shap.ExpectedScore(output.Index);
            if (background is null)
                shap.Explain(block, slots, row, output.Index, own);
            else
                start = shap.ExplainAgainst(alone, places, row, background, output.Index, own);
            Line(at, output, ShapTable.Base, "", start);
            if (output.TakesOffset && OffsetOf(at, below?[at], mode) is { } offset)
                Line(at, output, ShapTable.Offset, "", offset);
            var sum = start;
            for (var input = 0; input < own.Length; input++)
            {
                sum += own[input];
                Line(at, output, trees.Inputs[input].Name, TextOf(trees.Inputs[input], block[slots[input]][row]), own[input]);
            }
            // Sums of doubles in another order: what is below this is no part of the score.
            var rest = output.Scores[at] - (output.TakesOffset ? below?[at] ?? 0 : 0) - sum;
            if (Math.Abs(rest) > 1e-12 * Math.Max(1, Math.Abs(output.Scores[at])))
                Line(at, output, ShapTable.Rest, "", rest);
        }
    }

    public Table ToTable() =>
        new([
            new NumericColumn("row", [.. rows]),
            .. model.Outputs is null ? Array.Empty<Column>() : [new TextColumn("output", [.. outputs])],
            new TextColumn("feature", [.. features]),
            new TextColumn("value", [.. values]),
            new NumericColumn("contribution", [.. contributions]),
            new NumericColumn(
                "multiplier",
                [.. contributions.Select((value, line) => multiplies[line] ? VectorMath.Exp(value) : double.NaN)]
            ),
        ]);

    void Line(int row, ExplainedOutput output, string feature, string value, double contribution)
    {
        rows.Add(row + 1);
        outputs.Add(output.Name ?? "");
        multiplies.Add(output.Multiplies);
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
