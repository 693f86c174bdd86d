using Halley.Data;
using Halley.Kernels;

namespace Halley.Boosting;

/// <summary>The features of a table as bins, one column after another.</summary>
sealed class BinnedTable
{
    BinnedTable(int rowCount, FeatureBins[] features, BinnedColumn[] columns)
    {
        RowCount = rowCount;
        Features = features;
        Columns = columns;
    }

    internal int RowCount { get; }

    /// <summary>Shape (features).</summary>
    internal FeatureBins[] Features { get; }

    /// <summary>Shape (features).</summary>
    internal BinnedColumn[] Columns { get; }

    /// <summary>Encodes the columns of those names.</summary>
    internal static BinnedTable Of(Table rows, FeatureBins[] features, int threads, CancellationToken cancellation)
    {
        var sources = features.Select(feature => rows[feature.Input.Name]).ToArray();
        var columns = features.Select(feature => new BinnedColumn(feature.BinCount, rows.RowCount)).ToArray();
        var blocks = RowBlocks.CountOf(rows.RowCount);
        WorkItems.For(
            features.Length * blocks,
            threads,
            item =>
            {
                var (feature, block) = (item / blocks, RowBlocks.At(item % blocks, rows.RowCount));
                Span<ushort> bins = stackalloc ushort[RowBlocks.BlockSize];
                bins = bins[..block.Count];
                features[feature].Encode(sources[feature], block.Start, bins);
                columns[feature].Store(block.Start, bins);
            },
            cancellation
        );
        return new(rows.RowCount, features, columns);
    }
}
