namespace Halley.Boosting;

/// <summary>What a leaf's neighbours demand of a child, by the bins of one feature that the child keeps.</summary>
/// <remarks>A neighbour binds a child only where their boxes still meet: bounds of a run of bins are those of all its bins together.</remarks>
sealed class BinBounds
{
    /// <summary>Shape (BinCount), missing last.</summary>
    readonly ValueBounds[] bins;

    internal BinBounds(int binCount)
    {
        bins = new ValueBounds[binCount];
        Array.Fill(bins, ValueBounds.None);
    }

    internal ValueBounds this[int bin] => bins[bin];

    internal void Require(int bin, ValueBounds bounds) => bins[bin] = bins[bin].Within(bounds);

    /// <summary>Bounds of the first 1, 2, … bins of an order.</summary>
    internal ValueBounds[] Prefixes(ReadOnlySpan<int> order, ValueBounds common)
    {
        var result = new ValueBounds[order.Length];
        for (var i = 0; i < order.Length; i++)
            result[i] = common = common.Within(bins[order[i]]);
        return result;
    }

    /// <summary>Bounds of all bins of an order but the first 1, 2, ….</summary>
    internal ValueBounds[] Suffixes(ReadOnlySpan<int> order, ValueBounds common)
    {
        var result = new ValueBounds[order.Length];
        for (var i = order.Length - 1; i >= 0; i--)
        {
            result[i] = common;
            common = common.Within(bins[order[i]]);
        }
        return result;
    }
}
