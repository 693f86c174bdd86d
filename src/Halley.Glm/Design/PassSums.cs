using System.Buffers;
using Halley.Kernels;

namespace Halley.Glm;

/// <summary>Fills score weights u and curvature weights h of a tile of rows; adds to scalars what is summed beside them.</summary>
/// <param name="part">The rows: all of them, or a chunk.</param>
/// <param name="layout">Of those rows.</param>
/// <param name="start">First row of the tile.</param>
/// <param name="scratch">Room for two numbers a row.</param>
delegate void RowWeights(
    GlmProblem part,
    PassLayout layout,
    int start,
    Span<double> u,
    Span<double> h,
    Span<double> scratch,
    Span<double> scalars
);

/// <summary>Score and products of one pass over the rows.</summary>
/// <remarks>
/// Rows go in fixed blocks, each with a set of sums of its own that is added in block order. A factor of very many levels would make each
/// of those sets large: its sums are there once. Rows are first weighed, a slab of them at a time, and then each thread adds the rows of
/// its own levels, in the order of the rows. Either way any number of threads gives the same bits.
/// </remarks>
sealed class PassSums(GlmDesign design, int scalarCount)
{
    /// <summary>Rows that are weighed before they are added to the levels of a wide group: the largest block there is.</summary>
    const int SlabRows = 16 * RowBlocks.BlockSize;

    readonly PassLayout whole = design.Gathered.Pass;
    readonly double[] narrow = new double[scalarCount + design.Gathered.Pass.Length];
    readonly double[] wide = design.Gathered.Pass.Rooms.Take(design.Gathered.Pass.WideLength);

    /// <summary>What was summed beside score and products.</summary>
    internal ReadOnlySpan<double> Scalars => narrow.AsSpan(0, scalarCount);

    /// <summary>Score and products of the model's columns. Ends the use of the sums.</summary>
    internal (double[] Score, double[] Products) Reduced()
    {
        var (score, products) = whole.Expand(narrow.AsSpan(scalarCount), wide);
        whole.Rooms.Return(wide);
        var reduced = design.Gathered.Reduce(score, products);
        if (!ReferenceEquals(reduced.Products, products))
            whole.Rooms.Return(products);
        return reduced;
    }

    /// <summary>One pass over all rows.</summary>
    internal static PassSums Of(
        GlmProblem problem,
        GlmDesign design,
        int scalarCount,
        RowWeights weights,
        CancellationToken cancellation
    )
    {
        var sums = new PassSums(design, scalarCount);
        problem.ForEach(design, (part, columns) => sums.Add(part, columns.Gathered.Pass, weights, cancellation), cancellation);
        return sums;
    }

    /// <summary>Adds rows: all of them, or the next chunk.</summary>
    internal void Add(GlmProblem part, PassLayout layout, RowWeights weights, CancellationToken cancellation)
    {
        var slabRows = wide.Length == 0 ? part.RowCount : Math.Min(SlabRows, part.RowCount);
        var slab = wide.Length == 0 ? [] : ArrayPool<double>.Shared.Rent(slabRows * layout.RowWidth);
        for (var first = 0; first < part.RowCount; first += slabRows)
        {
            var (start, count) = (first, Math.Min(slabRows, part.RowCount - first));
            RowBlocks.Accumulate(
                count,
                part.Threads,
                narrow,
                (block, partial) =>
                    AddBlock(part, layout, weights, block with { Start = start + block.Start }, start, slab, partial),
                cancellation
            );
            if (wide.Length > 0)
                layout.AddWide(slab, start, count, part.Threads, wide);
        }
        if (slab.Length > 0)
            ArrayPool<double>.Shared.Return(slab);
    }

    void AddBlock(
        GlmProblem part,
        PassLayout layout,
        RowWeights weights,
        RowBlock block,
        int slabStart,
        double[] slab,
        Span<double> partial
    )
    {
        const int tile = ProductKernel.TileRows;
        var room = ArrayPool<double>.Shared.Rent(4 * tile + layout.WorkLength);
        try
        {
            var work = room.AsSpan();
            for (var start = block.Start; start < block.End; start += tile)
            {
                var n = Math.Min(tile, block.End - start);
                var u = work.Slice(2 * tile, n);
                var h = work.Slice(3 * tile, n);
                weights(part, layout, start, u, h, work[..(2 * tile)], partial[..scalarCount]);
                var rows = slab.AsSpan(slab.Length == 0 ? 0 : (start - slabStart) * layout.RowWidth);
                layout.Add(u, h, start, work[(4 * tile)..], partial[scalarCount..], rows);
            }
        }
        finally
        {
            ArrayPool<double>.Shared.Return(room);
        }
    }
}
