using Halley.Boosting;

namespace Halley.Models;

/// <summary>How much a model uses its features, by every measure that there is.</summary>
public static class ModelImportance
{
    /// <summary>A line for each feature and measure.</summary>
    /// <param name="table">Rows with target, to deal inputs out on; null to leave that measure out.</param>
    /// <returns>
    /// Columns <c>feature</c>, <c>measure</c> (of a tree model <c>gain</c>, <c>cover</c>, <c>cuts</c>; with rows <c>permutation</c>, the rise of
    /// the mean deviance), <c>importance</c>, and <c>standardError</c>, missing where there is none.
    /// </returns>
    /// <exception cref="HalleyException">HLY3306: neither trees nor rows; else as <see cref="PermutationImportance.Of"/>.</exception>
    public static Table TableOf(
        FittedModel model,
        Table? table,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        var lines = new List<(string Feature, string Measure, double Value, double Error)>();
        if (model.Scorer is TreeEnsemble || table is null)
        {
            foreach (var own in ShapTable.TreesOf(model).Importance().OrderByDescending(own => own.Gain))
            {
                lines.Add((own.Feature, "gain", own.Gain, double.NaN));
                lines.Add((own.Feature, "cover", own.Cover, double.NaN));
                lines.Add((own.Feature, "cuts", own.Cuts, double.NaN));
            }
        }
        if (table is not null)
        {
            foreach (var own in PermutationImportance.Of(model, table, progress: progress, cancellation: cancellation))
                lines.Add((own.Feature, "permutation", own.Increase, own.StandardError));
        }
        return new([
            new TextColumn("feature", [.. lines.Select(line => line.Feature)]),
            new TextColumn("measure", [.. lines.Select(line => line.Measure)]),
            new NumericColumn("importance", [.. lines.Select(line => line.Value)]),
            new NumericColumn("standardError", [.. lines.Select(line => line.Error)]),
        ]);
    }
}
