using System.Buffers;
using Halley.Data;

namespace Halley.Boosting;

/// <summary>Bins of a number, boolean or date: bin b holds cuts[b−1] &lt; x ≤ cuts[b].</summary>
/// <param name="cuts">Shape (ValueBins − 1), rising.</param>
sealed class NumberBins(ScorerInput input, double[] cuts) : FeatureBins(input, cuts.Length + 1)
{
    internal override bool IsCategory => false;

    /// <summary>The value up to which bins 0 to <paramref name="bin"/> reach; +∞ for the last.</summary>
    internal double UpperBound(int bin) => bin < cuts.Length ? cuts[bin] : double.PositiveInfinity;

    /// <summary>Number of cuts below x; NaN is missing.</summary>
    internal int BinOf(double x)
    {
        if (double.IsNaN(x))
            return MissingBin;
        var (low, count) = (0, cuts.Length);
        while (count > 0)
        {
            var half = count >> 1;
            if (cuts[low + half] < x)
                (low, count) = (low + half + 1, count - half - 1);
            else
                count = half;
        }
        return low;
    }

    internal override bool HasMissing(Column column)
    {
        Span<double> values = stackalloc double[1024];
        for (var start = 0; start < column.RowCount; start += values.Length)
        {
            var part = values[..Math.Min(values.Length, column.RowCount - start)];
            column.CopySlots(start, part);
            foreach (var value in part)
            {
                if (double.IsNaN(value))
                    return true;
            }
        }
        return false;
    }

    internal override void Encode(Column column, int start, Span<ushort> bins)
    {
        var values = ArrayPool<double>.Shared.Rent(bins.Length);
        column.CopySlots(start, values.AsSpan(0, bins.Length));
        for (var i = 0; i < bins.Length; i++)
            bins[i] = (ushort)BinOf(values[i]);
        ArrayPool<double>.Shared.Return(values);
    }
}
