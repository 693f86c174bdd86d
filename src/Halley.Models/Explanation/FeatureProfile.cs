namespace Halley.Models;

/// <summary>How one input was spread over the learn rows: the usual range that a reason sentence speaks of, and the typical value.</summary>
/// <remarks>Rows count by their exposure where the model has one, else each as 1.</remarks>
public sealed record FeatureProfile
{
    public required string Name { get; init; }

    public required FieldKind Kind { get; init; }

    /// <summary>Share of the rows without a value, 0 to 1.</summary>
    public required double MissingShare { get; init; }

    /// <summary>
    /// Numbers and dates: the values at 0 %, 1 %, … 100 % of the rows that have one, each a value that occurred; shape (101), or empty
    /// where no row has a value. Null for other kinds.
    /// </summary>
    public IReadOnlyList<double>? Percentiles { get; init; }

    /// <summary>Categories and booleans: share of each level among the rows that have one, in code order. Null for other kinds.</summary>
    public IReadOnlyList<double>? LevelShares { get; init; }

    /// <summary>The median of a number or date, the commonest level's code; null where no row has a value.</summary>
    public double? Typical { get; init; }

    /// <summary>The value that a share of the rows does not exceed: <c>Quantile(0.9)</c> is "9 in 10 are at most …".</summary>
    /// <param name="share">0 to 1; rounded to whole percents.</param>
    /// <returns>Null for categories and booleans, and where no row has a value.</returns>
    public double? Quantile(double share) =>
        Percentiles is { Count: > 0 } percentiles ? percentiles[(int)Math.Round(Math.Clamp(share, 0, 1) * 100)] : null;

    /// <summary>Share of the rows whose number or date is at most <paramref name="value"/>, to the percent; null as in <see cref="Quantile"/>.</summary>
    public double? ShareAtMost(double value)
    {
        if (Percentiles is not { Count: > 0 } percentiles)
            return null;
        var below = 0;
        while (below < percentiles.Count && percentiles[below] <= value)
            below++;
        return below == 0 ? 0 : (below - 1) / 100.0;
    }
}
