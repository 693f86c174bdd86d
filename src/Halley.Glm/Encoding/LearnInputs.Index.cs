using Halley.Kernels;

namespace Halley.Glm;

/// <summary>What is worked out by distinct value, where the rows are in memory.</summary>
sealed partial class LearnInputs
{
    /// <summary>Weighted exposure of each row; null where rows are elsewhere.</summary>
    readonly double[]? sizes;
    readonly Dictionary<int, ValueIndex?> indexes = [];
    readonly Dictionary<(int Input, double WhenMissing, int Limit), Bins> bins = [];

    /// <summary>The inputs of all rows, where these are a part of them; null elsewhere.</summary>
    LearnInputs? Whole { get; init; }

    /// <summary>The input's distinct values by row; null where they are too many, or the rows elsewhere. Looked for once.</summary>
    internal ValueIndex? Index(int input)
    {
        if (sizes is null)
            return null;
        if (!indexes.TryGetValue(input, out var index))
            indexes.Add(input, index = ValueIndex.Of(RowCount, threads, (start, slots) => Read(input, start, slots.Span)));
        return index;
    }

    /// <summary>The input's distinct values, rising, without a missing one; null where they are too many.</summary>
    internal double[]? Distinct(int input) => sizes is null ? rows.Distinct(inputs[input].Name) : Index(input)?.Values;

    /// <summary>Place of each row's value among given ones, which hold all that there are; their number where it is missing.</summary>
    internal ReadOnlySpan<ushort> CodesOf(int input, DistinctValues values, RowBlock block)
    {
        if (Index(input) is { } index)
            return index.Codes.Slice(block.Start, block.Count);
        var (slots, codes) = (new double[block.Count], new ushort[block.Count]);
        Read(input, block.Start, slots);
        values.Code(slots, codes);
        return codes;
    }

    /// <summary>Code of each of an index's values, and of a missing one after them.</summary>
    internal static int[] CodesByValue(LevelCoder coder, ValueIndex index)
    {
        var codes = new int[index.Counts.Length];
        coder.Code([.. index.Values, double.NaN], codes);
        return codes;
    }

    /// <summary>Rows and weighted exposure of each level, shape (levels).</summary>
    internal (double[] Rows, double[] Size) ByLevel(LevelCoder coder)
    {
        var (counts, size) = (new double[coder.Levels.Count], new double[coder.Levels.Count]);
        if (Index(coder.Input) is { } index)
        {
            var (byValue, sums) = (CodesByValue(coder, index), index.Sums(sizes!, threads));
            for (var value = 0; value < sums.Length; value++)
            {
                if (index.Counts[value] == 0)
                    continue;
                counts[byValue[value]] += index.Counts[value];
                size[byValue[value]] += sums[value];
            }
            return (counts, size);
        }
        var codes = Array.Empty<int>();
        ForEach(
            coder.Input,
            (_, slots, own) =>
            {
                if (codes.Length < slots.Length)
                    codes = new int[slots.Length];
                coder.Code(slots, codes.AsSpan(0, slots.Length));
                for (var i = 0; i < slots.Length; i++)
                {
                    counts[codes[i]]++;
                    size[codes[i]] += own[i];
                }
            }
        );
        return (counts, size);
    }

    /// <summary>Bins of a smooth's covariate over all rows, also where these are a part of them. Settled once.</summary>
    /// <param name="limit">Bins at most.</param>
    internal Bins BinsOf(NumberBasis basis, int limit = Bins.Limit)
    {
        if (Whole is not null)
            return Whole.BinsOf(basis, limit);
        var key = (basis.Input, basis.WhenMissing, limit);
        if (!bins.TryGetValue(key, out var own))
        {
            own = Bins.Of(Counts(basis.Input).With(basis.WhenMissing, MissingIn(basis.Input)).Values, limit);
            bins.Add(key, own);
        }
        return own;
    }

    /// <summary>Rows of each cell of levels, the first coder's slowest. Shape (cells).</summary>
    internal double[] ByCell(LevelCoder[] coders)
    {
        if (coders is [var alone])
            return ByLevel(alone).Rows;
        var counts = new double[coders.Aggregate(1, (cells, coder) => checked(cells * coder.LevelCount))];
        ForEach(
            [.. coders.Select(coder => coder.Input)],
            (slots, n) =>
            {
                for (var row = 0; row < n; row++)
                {
                    var cell = 0;
                    for (var c = 0; c < coders.Length; c++)
                        cell = cell * coders[c].LevelCount + coders[c].CodeOf(slots[c][row]);
                    counts[cell]++;
                }
            }
        );
        return counts;
    }

    /// <summary>Bins of a smooth's covariate, and the bin of each row. Shape (n).</summary>
    internal (Bins Bins, int[] Codes) Binned(NumberBasis basis, int limit = Bins.Limit)
    {
        var codes = new int[RowCount];
        if (Index(basis.Input) is { } index)
        {
            double[] values = index.HasMissing ? [.. index.Values, basis.WhenMissing] : index.Values;
            var grid = Bins.Of(values, limit);
            var byValue = grid.CodesOf(values);
            RowBlocks.For(RowCount, threads, rows => index.Look(byValue, rows, rows.Of(codes)));
            return (grid, codes);
        }
        var shared = BinsOf(basis, limit);
        RowBlocks.For(
            RowCount,
            threads,
            rows =>
            {
                var slots = new double[rows.Count];
                Read(basis.Input, rows.Start, slots);
                foreach (ref var value in slots.AsSpan())
                    value = double.IsNaN(value) ? basis.WhenMissing : value;
                shared.CodesOf(slots).CopyTo(rows.Of(codes));
            }
        );
        return (shared, codes);
    }
}
