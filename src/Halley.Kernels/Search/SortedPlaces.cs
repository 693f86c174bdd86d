using System.Runtime.CompilerServices;

namespace Halley.Kernels;

/// <summary>Looks many values up in one rising list at a time: their binary searches run side by side, without branches.</summary>
static class SortedPlaces
{
    /// <summary>How many entries of a list are below each value; 0 for NaN.</summary>
    /// <param name="list">Rising, shape (m).</param>
    /// <param name="values">Shape (n).</param>
    /// <param name="places">Shape (n).</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Of(ReadOnlySpan<double> list, ReadOnlySpan<double> values, Span<int> places)
    {
        places = places[..values.Length];
        places.Clear();
        // places[i] entries are known to be below values[i], and at most `count` more can be.
        for (var count = list.Length; count > 0; )
        {
            var half = (count + 1) >> 1;
            var probe = list[(half - 1)..];
            for (var i = 0; i < values.Length; i++)
                places[i] += -(probe[places[i]] < values[i] ? 1 : 0) & half;
            count -= half;
        }
    }
}
