using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Halley.Kernels;

/// <summary>Leaves of symmetric trees: a bit a level, many rows at a time, then one look-up a row.</summary>
static class SymmetricLeaves
{
    /// <summary>Rows that are compared at a time; spans of cells and places are as long as a multiple of it.</summary>
    internal const int Lanes = 128;

    const int VectorRows = 32;

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
            var (a, b, c, d) = (Vector512<short>.Zero, Vector512<short>.Zero, Vector512<short>.Zero, Vector512<short>.Zero);
            for (var level = 0; level < levels.Length; level++)
            {
                var own = cells.Slice(levels[level].Column * stride + start, Lanes);
                var (cut, bit) = (Vector512.Create(levels[level].Cut), Vector512.Create((short)(1 << level)));
                a |= Vector512.GreaterThan(Vector512.Create(own), cut) & bit;
                b |= Vector512.GreaterThan(Vector512.Create(own[VectorRows..]), cut) & bit;
                c |= Vector512.GreaterThan(Vector512.Create(own[(2 * VectorRows)..]), cut) & bit;
                d |= Vector512.GreaterThan(Vector512.Create(own[(3 * VectorRows)..]), cut) & bit;
            }
            var target = places.Slice(start, Lanes);
            a.CopyTo(target);
            b.CopyTo(target[VectorRows..]);
            c.CopyTo(target[(2 * VectorRows)..]);
            d.CopyTo(target[(3 * VectorRows)..]);
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

    /// <summary>Whether <see cref="AddSixty4"/> runs here; else <see cref="Add"/> gives the same bits.</summary>
    internal static bool KeepsTables => Avx512F.IsSupported;

    /// <summary>sums[i] += values[places[i]] for a table of 64, which is held in eight registers: a look-up is a permutation.</summary>
    /// <param name="values">Shape (64).</param>
    /// <param name="places">Shape (at least rows), 0 to 63.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void AddSixty4(ReadOnlySpan<double> values, ReadOnlySpan<short> places, Span<double> sums)
    {
        places = places[..sums.Length];
        var (v0, v1, v2, v3) = (Eight(values, 0), Eight(values, 1), Eight(values, 2), Eight(values, 3));
        var (v4, v5, v6, v7) = (Eight(values, 4), Eight(values, 5), Eight(values, 6), Eight(values, 7));
        var (sixteen, thirty2) = (Vector512.Create(16L), Vector512.Create(32L));
        var i = 0;
        for (; i <= sums.Length - 8; i += 8)
        {
            var place = Avx512F.ConvertToVector512Int64(Vector128.Create(places[i..]));
            // A permutation looks at the last four bits of a place; the other two choose among the four that were looked up.
            var (a, b) = (Avx512F.PermuteVar8x64x2(v0, place, v1), Avx512F.PermuteVar8x64x2(v2, place, v3));
            var (c, d) = (Avx512F.PermuteVar8x64x2(v4, place, v5), Avx512F.PermuteVar8x64x2(v6, place, v7));
            var second = Vector512.Equals(place & sixteen, sixteen).AsDouble();
            var upper = Vector512.Equals(place & thirty2, thirty2).AsDouble();
            var value = Vector512.ConditionalSelect(
                upper,
                Vector512.ConditionalSelect(second, d, c),
                Vector512.ConditionalSelect(second, b, a)
            );
            (Vector512.Create<double>(sums[i..]) + value).CopyTo(sums[i..]);
        }
        for (; i < sums.Length; i++)
            sums[i] += values[places[i]];
    }

    static Vector512<double> Eight(ReadOnlySpan<double> values, int index) => Vector512.Create(values.Slice(8 * index, 8));
}
