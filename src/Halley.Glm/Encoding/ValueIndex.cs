using System.Buffers;
using Halley.Kernels;

namespace Halley.Glm;

/// <summary>The distinct values of an input on the learn rows, and which of them each row has.</summary>
/// <remarks>What depends on one input alone is worked out for its values and then looked up by row.</remarks>
sealed class ValueIndex
{
    /// <summary>An input with more values than this has no index.</summary>
    internal const int Limit = 16_384;

    readonly ushort[] codes;

    ValueIndex(double[] values, ushort[] codes, int[] counts) => (Values, this.codes, Counts) = (values, codes, counts);

    /// <summary>Rising; a missing value is not among them.</summary>
    internal double[] Values { get; }

    /// <summary>Place among the values of each row's, their number where it is missing. Shape (n).</summary>
    internal ReadOnlySpan<ushort> Codes => codes;

    /// <summary>Rows of each value, then of none. Shape (values + 1).</summary>
    internal int[] Counts { get; }

    internal bool HasMissing => Counts[^1] > 0;

    /// <summary>The values with their rows.</summary>
    internal ValueCounts Counted => new(Values, [.. Values.Select((_, value) => (long)Counts[value])]);

    /// <summary>Null where there are more values than <see cref="Limit"/>.</summary>
    /// <param name="read">Fills the slots of rows from a start on.</param>
    internal static ValueIndex? Of(int rowCount, int threads, Action<int, Memory<double>> read)
    {
        var parts = Math.Min(WorkItems.ThreadCount(threads), RowBlocks.CountOf(rowCount));
        var found = new DistinctValues?[parts];
        // Which rows a thread looks at does not matter: the union of the sets is the same.
        WorkItems.For(parts, threads, part => found[part] = Collect(part, parts, rowCount, read));
        if (Union(found) is not { } values)
            return null;
        var (places, codes) = (new DistinctValues(values), new ushort[rowCount]);
        var counts = new int[values.Length + 1];
        RowBlocks.For(
            rowCount,
            threads,
            rows =>
            {
                WithSlots(rows, read, slots => places.Code(slots.Span, rows.Of(codes)));
                var own = new int[counts.Length];
                foreach (var code in rows.Of(codes))
                    own[code]++;
                lock (counts)
                {
                    for (var code = 0; code < own.Length; code++)
                        counts[code] += own[code];
                }
            }
        );
        return new(values, codes, counts);
    }

    /// <summary>result[i] = table[place of row start + i].</summary>
    internal void Look(ReadOnlySpan<int> table, RowBlock rows, Span<int> result)
    {
        var own = codes.AsSpan(rows.Start, rows.Count);
        for (var i = 0; i < own.Length; i++)
            result[i] = table[own[i]];
    }

    /// <summary>Σ of a number by value, shape (values + 1).</summary>
    /// <param name="size">Shape (n).</param>
    internal double[] Sums(double[] size, int threads)
    {
        var sums = new double[Counts.Length];
        RowBlocks.Accumulate(
            codes.Length,
            threads,
            sums,
            (rows, partial) =>
            {
                var own = rows.Of(codes);
                var sizes = rows.Of(size);
                for (var i = 0; i < own.Length; i++)
                    partial[own[i]] += sizes[i];
            }
        );
        return sums;
    }

    static DistinctValues? Collect(int part, int parts, int rowCount, Action<int, Memory<double>> read)
    {
        var values = new DistinctValues(Limit);
        var blocks = RowBlocks.CountOf(rowCount);
        var fits = true;
        for (var block = part; block < blocks && fits; block += parts)
            WithSlots(RowBlocks.At(block, rowCount), read, slots => fits = values.TryAddAll(slots.Span));
        return fits ? values : null;
    }

    static double[]? Union(DistinctValues?[] parts)
    {
        if (parts.Contains(null))
            return null;
        if (parts.Length == 1)
            return parts[0]!.Rising();
        var all = new DistinctValues(Limit);
        return Array.TrueForAll(parts, part => all.TryAddAll(part!.Rising())) ? all.Rising() : null;
    }

    static void WithSlots(RowBlock rows, Action<int, Memory<double>> read, Action<Memory<double>> use)
    {
        var rented = ArrayPool<double>.Shared.Rent(rows.Count);
        var slots = rented.AsMemory(0, rows.Count);
        read(rows.Start, slots);
        use(slots);
        ArrayPool<double>.Shared.Return(rented);
    }
}
