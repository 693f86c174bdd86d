using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Halley.Kernels;

/// <summary>Leaves of symmetric trees: a bit a level, 32 rows at a time, then one look-up a row.</summary>
static class SymmetricLeaves
{
    /// <summary>Rows that are compared at a time; spans of cells and places are as long as a multiple of it.</summary>
    internal const int Lanes = 32;

    /// <summary>places[i]: bit l is set where row i goes right at level l.</summary>
    /// <param name="cells">Column by column, <paramref name="stride"/> rows each.</param>
    /// <param name="stride">A multiple of <see cref="Lanes"/>.</param>
    /// <param name="rows">At most <paramref name="stride"/>.</param>
    /// <param name="levels">At most 15.</param>
    /// <param name="places">Shape (stride); what lies behind <paramref name="rows"/> has no meaning.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Place(ReadOnlySpan<short> cells, int stride, int rows, ReadOnlySpan<LevelCut> levels, Span<short> places)
    {
        for (var start = 0; start < rows; start += Lanes)
        {
            var place = Vector512<short>.Zero;
            for (var level = 0; level < levels.Length; level++)
            {
                ref readonly var cut = ref levels[level];
                var cell = Vector512.Create(cells.Slice(cut.Column * stride + start, Lanes)) - Vector512.Create(cut.Shift);
                place |= Vector512.GreaterThan(cell, Vector512.Create(cut.Cut)) & Vector512.Create((short)(1 << level));
            }
            place.CopyTo(places[start..]);
        }
    }

    /// <summary>sums[i] += values[places[i]].</summary>
    /// <param name="values">A number for each place.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static unsafe void Add(ReadOnlySpan<double> values, ReadOnlySpan<short> places, Span<double> sums)
    {
        places = places[..sums.Length];
        // In bounds: a place is below values.Length by the caller's word, who gives 2 to the power of the levels.
        fixed (double* value = values)
        {
            for (var i = 0; i < sums.Length; i++)
                sums[i] += value[places[i]];
        }
    }

    /// <summary>sums[i] += the values of four trees, one after the other.</summary>
    /// <param name="values">Four tables of <paramref name="width"/> numbers.</param>
    /// <param name="places">Four runs of <paramref name="stride"/> places, all below <paramref name="width"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static unsafe void AddFour(
        ReadOnlySpan<double> values,
        int width,
        ReadOnlySpan<short> places,
        int stride,
        Span<double> sums
    )
    {
        values = values[..(4 * width)];
        places = places[..(3 * stride + sums.Length)];
        // In bounds: four tables and four runs by the slices above; a place is below width by the caller's word.
        fixed (
            double* a = values,
                sum = sums
        )
        fixed (short* place = places)
        {
            var (b, c, d) = (width, 2 * width, 3 * width);
            for (var i = 0; i < sums.Length; i++)
            {
                var own = sum[i];
                own += a[place[i]];
                own += a[b + place[stride + i]];
                own += a[c + place[2 * stride + i]];
                own += a[d + place[3 * stride + i]];
                sum[i] = own;
            }
        }
    }
}
