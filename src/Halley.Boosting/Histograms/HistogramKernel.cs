using System.Numerics;
using System.Runtime.Intrinsics;

namespace Halley.Boosting;

/// <summary>The inner loop of training: one add a row into the cell of its bin.</summary>
static class HistogramKernel
{
    /// <summary>cells[bins[i]] += pairs[i], in order of i, over shape (n).</summary>
    internal static void Add<TBin>(ReadOnlySpan<TBin> bins, ReadOnlySpan<Vector128<double>> pairs, Span<GradientSums> cells)
        where TBin : unmanaged, IBinaryInteger<TBin>
    {
        bins = bins[..pairs.Length];
        for (var i = 0; i < pairs.Length; i++)
            cells[int.CreateTruncating(bins[i])] += GradientSums.Of(pairs[i]);
    }

    /// <summary>cells[bins[rows[i]]] += pairs[i], in order of i, over shape (n).</summary>
    internal static void Add<TBin>(
        ReadOnlySpan<TBin> bins,
        ReadOnlySpan<int> rows,
        ReadOnlySpan<Vector128<double>> pairs,
        Span<GradientSums> cells
    )
        where TBin : unmanaged, IBinaryInteger<TBin>
    {
        rows = rows[..pairs.Length];
        for (var i = 0; i < pairs.Length; i++)
            cells[int.CreateTruncating(bins[rows[i]])] += GradientSums.Of(pairs[i]);
    }
}
