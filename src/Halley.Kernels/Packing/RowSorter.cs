using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Halley.Kernels;

/// <summary>Sorts rows into two lists by a code that each has, keeping their order.</summary>
/// <remarks>Both lists are written and one count moves: a branch would be mispredicted half of the time.</remarks>
static class RowSorter
{
    /// <summary>Rows ahead of the current one whose codes are asked for.</summary>
    const int Ahead = 32;

    /// <summary>Sorts the rows listed. <paramref name="chosen"/> may be <paramref name="rows"/> itself.</summary>
    /// <param name="codes">Row by row, <paramref name="stride"/> bytes each; the row's code is at <paramref name="column"/>.</param>
    /// <param name="sides">Shape (256): 1 where a code is chosen, else 0.</param>
    /// <param name="chosen">Shape (rows).</param>
    /// <param name="others">Shape (rows).</param>
    /// <returns>How many are chosen.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static unsafe int SortListed(
        ReadOnlySpan<int> rows,
        ReadOnlySpan<byte> codes,
        int stride,
        int column,
        ReadOnlySpan<byte> sides,
        Span<int> chosen,
        Span<int> others
    )
    {
        sides = sides[..256];
        chosen = chosen[..rows.Length];
        others = others[..rows.Length];
        // In bounds: rows are inside codes by the caller's word, a code is below 256, and both counts stay below rows.Length.
        fixed (
            int* list = rows,
                first = chosen,
                second = others
        )
        fixed (
            byte* code = codes,
                side = sides
        )
        {
            var at = code + column;
            var (taken, i) = ((nint)0, (nint)0);
            if (Sse.IsSupported)
            {
                // A prefetch reads nothing, so rows far apart are asked for while nearer ones are sorted.
                for (; i + Ahead < rows.Length; i++)
                {
                    Sse.Prefetch0(at + (nint)list[i + Ahead] * stride);
                    var row = list[i];
                    nint step = side[at[(nint)row * stride]];
                    first[taken] = row;
                    second[i - taken] = row;
                    taken += step;
                }
            }
            for (; i < rows.Length; i++)
            {
                var row = list[i];
                nint step = side[at[(nint)row * stride]];
                first[taken] = row;
                second[i - taken] = row;
                taken += step;
            }
            return (int)taken;
        }
    }

    /// <summary>Sorts rows <paramref name="firstRow"/> to <paramref name="firstRow"/> + <paramref name="count"/> − 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static unsafe int SortRange(
        int firstRow,
        int count,
        ReadOnlySpan<byte> codes,
        int stride,
        int column,
        ReadOnlySpan<byte> sides,
        Span<int> chosen,
        Span<int> others
    )
    {
        sides = sides[..256];
        chosen = chosen[..count];
        others = others[..count];
        codes = codes.Slice(firstRow * stride, count * stride);
        // In bounds: codes hold count rows, a code is below 256, and both counts stay below count.
        fixed (
            int* first = chosen,
                second = others
        )
        fixed (
            byte* code = codes,
                side = sides
        )
        {
            var at = code + column;
            nint taken = 0;
            for (nint i = 0; i < count; i++)
            {
                nint step = side[*at];
                first[taken] = firstRow + (int)i;
                second[i - taken] = firstRow + (int)i;
                taken += step;
                at += stride;
            }
            return (int)taken;
        }
    }
}
