using Halley.Data;
using Halley.Kernels;

namespace Halley.Boosting;

/// <summary>The features of a table as bins: narrow columns row by row, so that a row's bins share a cache line, wide ones apart.</summary>
sealed class BinnedTable
{
    /// <summary>Bytes of narrow codes up to which columns that are cut have a copy of their own.</summary>
    const int MostCopied = 128 << 20;

    readonly byte[] narrow;

    /// <summary>Shape (NarrowCount)(rows): null before the first cut.</summary>
    readonly byte[]?[] copies;
    readonly ushort[][] wide;
    readonly StoredColumn[] columnOf;

    /// <summary>A copy, but for wide columns, that further features are added to.</summary>
    BinnedTable(BinnedTable other)
    {
        (RowCount, Features, Columns, NarrowCount) = (other.RowCount, other.Features, other.Columns, other.NarrowCount);
        (narrow, wide, columnOf) = ([.. other.narrow], [.. other.wide], other.columnOf);
        copies = new byte[]?[NarrowCount];
    }

    BinnedTable(int rowCount, FeatureBins[] features, StoredColumn[] columns)
    {
        (RowCount, Features, Columns) = (rowCount, features, columns);
        NarrowCount = columns.Count(column => column.IsNarrow);
        narrow = new byte[checked(rowCount * NarrowCount)];
        copies = new byte[]?[NarrowCount];
        wide = [.. columns.Where(column => !column.IsNarrow).Select(_ => new ushort[rowCount])];
        columnOf = new StoredColumn[features.Length];
        foreach (var column in columns)
        {
            foreach (var member in column.Members)
                columnOf[member.Feature] = column;
        }
    }

    internal int RowCount { get; }

    /// <summary>Shape (features).</summary>
    internal FeatureBins[] Features { get; }

    internal StoredColumn[] Columns { get; }

    /// <summary>Narrow columns, and bytes of a row.</summary>
    internal int NarrowCount { get; }

    /// <summary>Codes of the narrow columns, shape (rows × NarrowCount).</summary>
    internal ReadOnlySpan<byte> Narrow => narrow;

    /// <summary>Codes of one narrow column for a pass over that column alone: the code of row i is at start + i × stride.</summary>
    /// <remarks>A copy of its own spares such a pass the other columns' bytes, which share the rows' cache lines.</remarks>
    internal (ReadOnlyMemory<byte> Codes, int Stride, int Start) AloneOf(StoredColumn column)
    {
        if (narrow.Length > MostCopied || NarrowCount == 1)
            return (narrow, NarrowCount, column.Index);
        // Two threads that come at once make the same copy.
        return (copies[column.Index] ??= CopyOf(column.Index), 1, 0);
    }

    byte[] CopyOf(int column)
    {
        var copy = new byte[RowCount];
        var at = column;
        for (var row = 0; row < copy.Length; row++, at += NarrowCount)
            copy[row] = narrow[at];
        return copy;
    }

    /// <summary>Codes of a wide column, shape (rows).</summary>
    internal ReadOnlySpan<ushort> Wide(int index) => wide[index];

    /// <summary>The column that holds a feature.</summary>
    internal StoredColumn ColumnOf(int feature) => columnOf[feature];

    internal int CodeAt(StoredColumn column, int row) =>
        column.IsNarrow ? narrow[row * NarrowCount + column.Index] : wide[column.Index][row];

    internal int BinAt(int feature, int row)
    {
        var column = columnOf[feature];
        return column.BinsOf(feature)[CodeAt(column, row)];
    }

    /// <summary>1 for each code that goes left, else 0. Shape (CodeCount), at least 256.</summary>
    internal byte[] SidesOf(Split split)
    {
        var column = columnOf[split.Feature];
        var sides = new byte[Math.Max(column.CodeCount, CodePacking.NarrowCodes)];
        var bins = column.BinsOf(split.Feature);
        for (var code = 0; code < bins.Length; code++)
            sides[code] = split.GoesLeft[bins[code]] ? (byte)1 : (byte)0;
        return sides;
    }

    /// <summary>Encodes the columns of those names.</summary>
    /// <param name="rows">At least the first features; the others have values everywhere, and are encoded by <see cref="With(Table, int, CancellationToken)"/>.</param>
    /// <param name="share">Whether features with few bins share a stored column.</param>
    internal static BinnedTable Of(
        Table rows,
        FeatureBins[] features,
        int threads,
        CancellationToken cancellation,
        bool share = true
    )
    {
        var counts = new int[features.Length];
        WorkItems.For(
            features.Length,
            threads,
            item => counts[item] = features[item].ValueBins + (HasMissing(rows, features[item]) ? 1 : 0),
            cancellation
        );
        // A feature without any value still has a bin.
        var table = new BinnedTable(
            rows.RowCount,
            features,
            CodePacking.Of([.. counts.Select(count => Math.Max(count, 1))], share)
        );
        table.Encode(ReadersOf(rows, features), threads, cancellation);
        return table;
    }

    /// <summary>The table with the features that it was made without.</summary>
    /// <param name="told">Their columns.</param>
    internal BinnedTable With(Table told, int threads, CancellationToken cancellation) =>
        With(ReadersOf(told, Features), threads, cancellation);

    /// <param name="readers">Shape (features): the bins of those.</param>
    internal BinnedTable With(BinReader?[] readers, int threads, CancellationToken cancellation)
    {
        var table = new BinnedTable(this);
        foreach (var column in Columns.Where(column => !column.IsNarrow && readers[column.Members[0].Feature] is not null))
            table.wide[column.Index] = new ushort[RowCount];
        table.Encode(readers, threads, cancellation);
        return table;
    }

    static bool HasMissing(Table rows, FeatureBins feature) =>
        rows.Has(feature.Input.Name) && feature.HasMissing(rows[feature.Input.Name]);

    /// <summary>Null where the rows lack a feature.</summary>
    static BinReader?[] ReadersOf(Table rows, FeatureBins[] features)
    {
        return Array.ConvertAll(features, ReaderOf);

        BinReader? ReaderOf(FeatureBins feature)
        {
            if (!rows.Has(feature.Input.Name))
                return null;
            var column = rows[feature.Input.Name];
            return (start, bins) => feature.Encode(column, start, bins);
        }
    }

    void Encode(BinReader?[] readers, int threads, CancellationToken cancellation) =>
        WorkItems.For(RowBlocks.CountOf(RowCount), threads, block => Encode(readers, block), cancellation);

    void Encode(BinReader?[] readers, int index)
    {
        var block = RowBlocks.At(index, RowCount);
        Span<ushort> bins = stackalloc ushort[RowBlocks.BlockSize];
        bins = bins[..block.Count];
        foreach (var column in Columns)
        {
            foreach (var member in column.Members)
            {
                if (readers[member.Feature] is not { } read)
                    continue;
                read(block.Start, bins);
                if (column.IsNarrow)
                    AddNarrow(bins, block.Start, column.Index, member.Step);
                else
                    bins.CopyTo(wide[column.Index].AsSpan(block.Start));
            }
        }
    }

    void AddNarrow(ReadOnlySpan<ushort> bins, int start, int column, int step)
    {
        var at = start * NarrowCount + column;
        foreach (var bin in bins)
        {
            narrow[at] += (byte)(bin * step);
            at += NarrowCount;
        }
    }
}
