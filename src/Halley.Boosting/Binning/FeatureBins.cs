using Halley.Data;

namespace Halley.Boosting;

/// <summary>How the values of one feature become bins: small numbers, in whose histograms splits are found. Immutable.</summary>
/// <remarks>
/// <code>
/// bin   0   1   …   ValueBins−1   ValueBins
///      [ values, by size or level ] [ missing ]
/// </code>
/// </remarks>
abstract class FeatureBins(ScorerInput input, int valueBins)
{
    /// <summary>Value bins at most, so that with the missing one a bin fits 16 bits.</summary>
    internal const int MaximumBins = 65_534;

    /// <summary>What a scorer reads for this feature.</summary>
    internal ScorerInput Input { get; } = input;

    internal int ValueBins { get; } = valueBins;

    /// <summary>The features that the column is made of: itself, or the categories of a statistic.</summary>
    internal string[] MadeOf { get; init; } = [input.Name];

    /// <summary>The weight that is given to the feature, 1 where none is; a statistic's is the least of its features'.</summary>
    internal double WeightIn(IReadOnlyDictionary<string, double> weights) =>
        MadeOf.Min(name => weights.TryGetValue(name, out var weight) ? weight : 1);

    internal int MissingBin => ValueBins;

    /// <summary>Value bins and the missing one.</summary>
    internal int BinCount => ValueBins + 1;

    internal abstract bool IsCategory { get; }

    /// <summary>Whether any row of a column falls into the missing bin.</summary>
    internal abstract bool HasMissing(Column column);

    /// <summary>The bins of rows <paramref name="start"/>.. of a column.</summary>
    /// <param name="column">Same kind as the column that made these bins; its levels may differ.</param>
    /// <param name="bins">Shape (rows).</param>
    internal abstract void Encode(Column column, int start, Span<ushort> bins);
}
