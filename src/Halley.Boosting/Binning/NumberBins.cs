using Halley.Data;
using Halley.Kernels;

namespace Halley.Boosting;

/// <summary>Bins of a number, boolean or date: bin b holds cuts[b−1] &lt; x ≤ cuts[b].</summary>
/// <param name="cuts">Shape (ValueBins − 1), rising.</param>
sealed class NumberBins(ScorerInput input, double[] cuts) : FeatureBins(input, cuts.Length + 1)
{
    /// <summary>Rows that are looked up together: their searches wait for memory side by side.</summary>
    internal const int ChunkRows = 512;

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
        Span<double> values = stackalloc double[ChunkRows];
        for (var done = 0; done < bins.Length; done += ChunkRows)
        {
            var part = bins[done..Math.Min(done + ChunkRows, bins.Length)];
            column.CopySlots(start + done, values[..part.Length]);
            Encode(values[..part.Length], part);
        }
    }

    /// <param name="values">Shape (n), at most <see cref="ChunkRows"/>; NaN is missing.</param>
    /// <param name="bins">Shape (n): the result.</param>
    internal void Encode(ReadOnlySpan<double> values, Span<ushort> bins)
    {
        Span<int> places = stackalloc int[ChunkRows];
        SortedPlaces.Of(cuts, values, places[..values.Length]);
        for (var i = 0; i < values.Length; i++)
            bins[i] = (ushort)(double.IsNaN(values[i]) ? MissingBin : places[i]);
    }
}
