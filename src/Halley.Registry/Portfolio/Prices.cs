using Halley.Data;
using Halley.Decisions;

namespace Halley.Registry;

/// <summary>What customers pay by a release.</summary>
public static class Prices
{
    /// <summary>The output that a customer pays: of kind money, named premium or price; null where the decision has none.</summary>
    public static DecisionOutput? OutputOf(DecisionDefinition definition) =>
        definition.Outputs.FirstOrDefault(output => output is { Kind: OutputKind.Money, Name: "premium" or "price" });

    /// <summary>The price of each row, shape (n), NaN where there is none; null where the decision has no price.</summary>
    public static double[]? Of(
        LoadedRelease release,
        Table rows,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default
    ) => OutputOf(release.Definition) is { } price ? Of(release, price.Name, rows, progress, cancellation) : null;

    /// <summary>An output of kind number or money in each row, shape (n).</summary>
    public static double[] Of(
        LoadedRelease release,
        string output,
        Table rows,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default
    ) =>
        new DecisionEngine(release.Plan)
            .Decide(PortfolioRows.WithIds(rows, release.Definition), new() { Reasons = false, Progress = progress }, cancellation)
            .Answers.Numeric(output)
            .Values.ToArray();
}
