using Halley.Boosting;
using Halley.Data.Expressions;

namespace Halley.Models;

/// <summary>Why each row has its prediction: exact Shapley values of a tree model, a line for each row and feature.</summary>
/// <remarks>
/// The contributions of a row add up to its prediction on the link scale: <c>(base)</c> is the score where nothing is known, <c>(offset)</c>
/// the offset column, or the score of the model that the trees stand on, and the logarithm of the exposure. Where a score is more than a sum of trees (a class's share among others, sums in
/// 32-bit floats), <c>(rest)</c> holds what is left. Of a model with several scores (classes, or a mean and its spread) each is explained,
/// and a column <c>output</c> names it; the lines of one add up to its score.
/// </remarks>
public static class ShapTable
{
    public const string Base = "(base)";
    public const string Offset = "(offset)";
    public const string Rest = "(rest)";

    /// <summary>Explains every row.</summary>
    /// <param name="background">
    /// Rows that unknown inputs are drawn from (interventional values); null to weigh both ways of a cut by the learn rows that went there
    /// (path-dependent values).
    /// </param>
    /// <param name="progress">Told how far the work has come; null for nobody.</param>
    /// <returns>
    /// Columns <c>row</c> (from 1), <c>output</c> where there are several, <c>feature</c>, <c>value</c> (as text), <c>contribution</c> (link
    /// scale) and <c>multiplier</c> (e^contribution under a log or logit link and of classes, else missing).
    /// </returns>
    /// <exception cref="HalleyException">HLY3306: the model has no trees; else as <see cref="FittedModel.Predict"/>.</exception>
    public static Table Of(
        FittedModel model,
        Table table,
        IProgress<FitProgress>? progress = null,
        Table? background = null,
        CancellationToken cancellation = default
    )
    {
        var trees = TreesOf(model);
        if (background is { RowCount: 0 })
            throw new HalleyException("HLY3313", "the background has no rows to draw unknown inputs from. Give some rows.");
        var known = background is null ? null : ScorerRows.Of(model, background, cancellation);
        var lines = new ShapLines(model, trees, new(trees), table, known);
        var builder = new PlanBuilder();
        var scope = new Dictionary<string, SlotRef>(StringComparer.Ordinal);
        var inputs = TableInputs.Bind(
            builder,
            table,
            model.ScoreInputs.Fields.Select(field => field.Name).Where(table.Has),
            scope
        );
        var slots = model.EmitScorerInputs(builder, scope);
        var mode =
            model.Spec.Exposure is not null && table.Has(model.Spec.Exposure)
                ? PredictMode.ExposureApplied
                : PredictMode.AtExposureOne;
        var outputs = ExplainedOutput.Of(model, trees, table, cancellation);
        var below = model.OffsetModel?.Predict(table, PredictMode.Raw, 1, cancellation: cancellation).Values.ToArray();
        inputs.Run(builder.Build(), table.RowCount, Explain, 1, cancellation);
        return lines.ToTable();

        void Explain(SlotBlock block)
        {
            foreach (var output in outputs)
                lines.Add(block, slots, output, below, mode);
            progress?.Report(new("explaining", (block.FirstRow + block.RowCount) / (double)table.RowCount));
        }
    }

    /// <summary>What pairs of inputs add together: a line for each row and pair, both orders of a pair in one.</summary>
    /// <returns>
    /// Columns <c>row</c> (from 1), <c>output</c> where there are several, <c>feature</c>, <c>other</c> (the same for what a feature adds by itself), <c>contribution</c>: those of a
    /// row add up to its contributions.
    /// </returns>
    /// <exception cref="HalleyException">As <see cref="Of"/>.</exception>
    public static Table PairsOf(
        FittedModel model,
        Table table,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        var trees = TreesOf(model);
        var (shap, block, size) = (new TreeShap(trees), ScorerRows.Of(model, table, cancellation), trees.Inputs.Count);
        int[] slots = [.. Enumerable.Range(0, size)];
        var (rows, features, others, values) = (new List<double>(), new List<string>(), new List<string>(), new List<double>());
        var (pairs, outputs, names) = (new double[size * size], ExplainedOutput.NamesOf(model, trees), new List<string>());
        for (var row = 0; row < table.RowCount; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var (index, name) in outputs)
            {
                shap.ExplainPairs(block, slots, row, index, pairs);
                for (var one = 0; one < size; one++)
                {
                    for (var other = one; other < size; other++)
                    {
                        rows.Add(row + 1);
                        names.Add(name ?? "");
                        features.Add(trees.Inputs[one].Name);
                        others.Add(trees.Inputs[other].Name);
                        values.Add(
                            one == other ? pairs[one * size + one] : pairs[one * size + other] + pairs[other * size + one]
                        );
                    }
                }
            }
            progress?.Report(new("explaining", (row + 1.0) / table.RowCount));
        }
        return new([
            new NumericColumn("row", [.. rows]),
            .. outputs.Count > 1 ? [new TextColumn("output", [.. names])] : Array.Empty<Column>(),
            new TextColumn("feature", [.. features]),
            new TextColumn("other", [.. others]),
            new NumericColumn("contribution", [.. values]),
        ]);
    }

    /// <summary>The model's trees.</summary>
    /// <exception cref="HalleyException">HLY3306.</exception>
    public static TreeEnsemble TreesOf(FittedModel model) =>
        model.Scorer as TreeEnsemble
        ?? throw new HalleyException(
            "HLY3306",
            $"model '{model.Name}' is not a tree model; its contributions follow from its rating table. Use 'halley report' for them."
        );
}
