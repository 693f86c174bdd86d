using System.Numerics;

namespace Halley.Boosting;

/// <summary>Sorts rows by the side that their bin takes.</summary>
static class PartitionKernel
{
    /// <summary>Writes rows whose bin goes left to <paramref name="left"/>, the others to <paramref name="right"/>, in their order.</summary>
    /// <param name="left">Shape (rows).</param>
    /// <param name="right">Shape (rows).</param>
    /// <returns>How many go left.</returns>
    internal static int Sort<TBin>(
        ReadOnlySpan<int> rows,
        ReadOnlySpan<TBin> bins,
        ReadOnlySpan<bool> goesLeft,
        Span<int> left,
        Span<int> right
    )
        where TBin : unmanaged, IBinaryInteger<TBin>
    {
        var (leftCount, rightCount) = (0, 0);
        foreach (var row in rows)
        {
            // Both sides are written and one counter moves: a branch would be mispredicted half of the time.
            left[leftCount] = row;
            right[rightCount] = row;
            var step = goesLeft[int.CreateTruncating(bins[row])] ? 1 : 0;
            leftCount += step;
            rightCount += 1 - step;
        }
        return leftCount;
    }
}
