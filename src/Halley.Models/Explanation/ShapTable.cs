using Halley.Boosting;
using Halley.Data.Expressions;

namespace Halley.Models;

/// <summary>Why each row has its prediction: exact Shapley values of a tree model, a line for each row and feature.</summary>
/// <remarks>
/// The contributions of a row add up to its prediction on the link scale: <c>(base)</c> is the score where nothing is known, <c>(offset)</c>
/// the offset column and the logarithm of the exposure. Where a score is more than a sum of trees (a class's share among others, sums in
/// 32-bit floats), <c>(rest)</c> holds what is left.
/// </remarks>
public static class ShapTable
{
    public const string Base = "(base)";
    public const string Offset = "(offset)";
    public const string Rest = "(rest)";

    /// <summary>Explains every row.</summary>
    /// <param name="progress">Told how far the work has come; null for nobody.</param>
    /// <returns>
    /// Columns <c>row</c> (from 1), <c>feature</c>, <c>value</c> (as text), <c>contribution</c> (link scale) and <c>multiplier</c>
    /// (e^contribution under a log or logit link, else missing).
    /// </returns>
    /// <exception cref="HalleyException">HLY3306: the model has no trees; else as <see cref="FittedModel.Predict"/>.</exception>
    public static Table Of(
        FittedModel model,
        Table table,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        if (model.Scorer is not TreeEnsemble trees)
            throw new HalleyException(
                "HLY3306",
                $"model '{model.Name}' is not a tree model; its contributions follow from its rating table. Use 'halley report' for them."
            );
        var lines = new ShapLines(model, trees, new(trees), table);
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
        var scores = model.Predict(table, PredictMode.Raw, 1, cancellation: cancellation).Values.ToArray();
        inputs.Run(builder.Build(), table.RowCount, Explain, 1, cancellation);
        return lines.ToTable();

        void Explain(SlotBlock block)
        {
            lines.Add(block, slots, scores, mode);
            progress?.Report(new("explaining", (block.FirstRow + block.RowCount) / (double)table.RowCount));
        }
    }
}
