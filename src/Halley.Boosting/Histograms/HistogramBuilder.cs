using System.Collections.Concurrent;
using Halley.Kernels;

namespace Halley.Boosting;

/// <summary>Adds up gradients by bin over the rows of a leaf.</summary>
/// <remarks>Sums are of whole units and exact, so blocks of rows go to whichever thread is free and are added in any order.</remarks>
sealed class HistogramBuilder(BinnedTable table, HistogramLayout layout, Gradients gradients, int threads)
{
    /// <summary>Rows that a thread takes at a time.</summary>
    internal const int BlockRows = 4096;

    /// <summary>Below this many row × column steps handing work to a second thread costs more than it saves.</summary>
    const int SerialSteps = 60_000;

    readonly ConcurrentBag<Accumulator> spare = [];
    readonly ConcurrentBag<Accumulator> filled = [];

    internal Gradients Gradients => gradients;

    internal LeafHistogram NewHistogram() => new(layout, gradients is PackedGradients);

    /// <summary>Threads that pay for a number of rows.</summary>
    internal int ThreadsFor(int rowCount) => (long)rowCount * table.Columns.Length < SerialSteps ? 1 : threads;

    /// <summary>Fills a histogram over all features.</summary>
    /// <param name="rows">Rows, rising; empty stands for rows 0 to <paramref name="rowCount"/> − 1.</param>
    internal void Build(ReadOnlyMemory<int> rows, int rowCount, LeafHistogram histogram)
    {
        histogram.Clear(rowCount);
        WorkItems.For(
            (rowCount + BlockRows - 1) / BlockRows,
            ThreadsFor(rowCount),
            block =>
            {
                var start = block * BlockRows;
                var count = Math.Min(BlockRows, rowCount - start);
                if (rows.IsEmpty)
                    Add(start, count, histogram);
                else
                    Add(rows.Span.Slice(start, count), histogram);
            }
        );
        Finish(histogram);
    }

    /// <summary>Adds a run of at most <see cref="BlockRows"/> rows; <see cref="Finish"/> must follow the last.</summary>
    internal void Add(int first, int count, LeafHistogram histogram)
    {
        var sums = Rent(count, histogram);
        sums.AddRange(first, count);
        filled.Add(sums);
    }

    /// <summary>Adds at most <see cref="BlockRows"/> rows; <see cref="Finish"/> must follow the last.</summary>
    internal void Add(ReadOnlySpan<int> rows, LeafHistogram histogram)
    {
        var sums = Rent(rows.Length, histogram);
        sums.AddListed(rows);
        filled.Add(sums);
    }

    /// <summary>Brings what the threads have added up into the histogram.</summary>
    internal void Finish(LeafHistogram histogram)
    {
        while (filled.TryTake(out var sums))
        {
            sums.Flush(histogram);
            spare.Add(sums);
        }
    }

    Accumulator Rent(int rowCount, LeafHistogram histogram)
    {
        if (!filled.TryTake(out var sums) && !spare.TryTake(out sums))
            sums = gradients.NewAccumulator(table, layout);
        if (sums.Rows + rowCount > sums.Capacity)
        {
            lock (histogram)
                sums.Flush(histogram);
        }
        return sums;
    }
}
