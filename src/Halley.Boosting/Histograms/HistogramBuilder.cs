using System.Runtime.Intrinsics;
using Halley.Kernels;

namespace Halley.Boosting;

/// <summary>Adds up gradients by bin over the rows of a leaf.</summary>
/// <remarks>
/// Rows are cut into chunks whose length depends on their number alone; a chunk's sums are taken in row order, and chunks are
/// added in chunk order. So neither the threads nor how features are shared out among them change a bit.
/// </remarks>
sealed class HistogramBuilder(BinnedTable table, HistogramLayout layout, int threads)
{
    /// <summary>Rows of a chunk at least.</summary>
    internal const int ChunkRows = 32_768;

    const int MaximumChunks = 64;

    /// <summary>Rows whose gradients are gathered once and stay in cache while the features take turns.</summary>
    const int TileRows = 1024;

    /// <summary>Below this many row × feature steps handing work to a second thread costs more than it saves.</summary>
    const int SerialSteps = 40_000;

    readonly List<GradientSums[]> partials = [];

    /// <summary>Fills a leaf's histogram for the given features; the cells of others are left as they are.</summary>
    /// <param name="rows">The leaf's rows, rising; empty stands for rows 0 to <paramref name="rowCount"/> − 1.</param>
    /// <param name="pairs">Shape (table rows): gradient and hessian.</param>
    internal void Build(
        ReadOnlyMemory<int> rows,
        int rowCount,
        Vector128<double>[] pairs,
        int[] features,
        GradientSums[] histogram
    )
    {
        var chunkRows = Math.Max(ChunkRows, (rowCount + MaximumChunks - 1) / MaximumChunks);
        var chunks = Math.Max((rowCount + chunkRows - 1) / chunkRows, 1);
        while (partials.Count < chunks - 1)
            partials.Add(new GradientSums[layout.CellCount]);
        var workers = (long)rowCount * features.Length < SerialSteps ? 1 : WorkItems.ThreadCount(threads);
        // Few chunks: cut the features too, so that every thread has work.
        var groups = Math.Min(features.Length, Math.Max(1, (2 * workers + chunks - 1) / chunks));
        if (workers == 1)
            groups = 1;
        WorkItems.For(
            chunks * groups,
            workers,
            item =>
            {
                var (chunk, group) = (item / groups, item % groups);
                var (first, last) = (features.Length * group / groups, features.Length * (group + 1) / groups);
                var start = chunk * chunkRows;
                var count = Math.Min(chunkRows, rowCount - start);
                var target = chunk == 0 ? histogram : partials[chunk - 1];
                AddChunk(
                    rows.IsEmpty ? default : rows.Span.Slice(start, count),
                    start,
                    count,
                    pairs,
                    features.AsSpan(first..last),
                    target
                );
            }
        );
        if (chunks > 1)
            WorkItems.For(features.Length, workers, index => AddPartials(features[index], chunks - 1, histogram));
    }

    void AddChunk(
        ReadOnlySpan<int> rows,
        int start,
        int count,
        Vector128<double>[] pairs,
        ReadOnlySpan<int> features,
        GradientSums[] target
    )
    {
        foreach (var feature in features)
            layout.Of(feature, target).Clear();
        Span<Vector128<double>> gathered = stackalloc Vector128<double>[TileRows];
        for (var done = 0; done < count; done += TileRows)
        {
            var tile = Math.Min(TileRows, count - done);
            if (rows.IsEmpty)
            {
                AddTile(start + done, pairs.AsSpan(start + done, tile), features, target);
                continue;
            }
            var tileRows = rows.Slice(done, tile);
            for (var i = 0; i < tileRows.Length; i++)
                gathered[i] = pairs[tileRows[i]];
            AddTile(tileRows, gathered[..tile], features, target);
        }
    }

    void AddTile(int start, ReadOnlySpan<Vector128<double>> pairs, ReadOnlySpan<int> features, GradientSums[] target)
    {
        foreach (var feature in features)
        {
            var column = table.Columns[feature];
            var cells = layout.Of(feature, target);
            if (column.IsNarrow)
                HistogramKernel.Add(column.Narrow.Slice(start, pairs.Length), pairs, cells);
            else
                HistogramKernel.Add(column.Wide.Slice(start, pairs.Length), pairs, cells);
        }
    }

    void AddTile(ReadOnlySpan<int> rows, ReadOnlySpan<Vector128<double>> pairs, ReadOnlySpan<int> features, GradientSums[] target)
    {
        foreach (var feature in features)
        {
            var column = table.Columns[feature];
            var cells = layout.Of(feature, target);
            if (column.IsNarrow)
                HistogramKernel.Add(column.Narrow, rows, pairs, cells);
            else
                HistogramKernel.Add(column.Wide, rows, pairs, cells);
        }
    }

    void AddPartials(int feature, int count, GradientSums[] histogram)
    {
        var cells = layout.Of(feature, histogram);
        for (var chunk = 0; chunk < count; chunk++)
        {
            var partial = layout.Of(feature, partials[chunk])[..cells.Length];
            for (var bin = 0; bin < cells.Length; bin++)
                cells[bin] += partial[bin];
        }
    }
}
