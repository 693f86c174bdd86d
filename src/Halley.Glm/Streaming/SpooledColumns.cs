using Halley.Data;
using Halley.Kernels;

namespace Halley.Glm;

/// <summary>All learn rows of a spool, column by column.</summary>
/// <param name="heads">Name, kind and levels of each column, without rows.</param>
/// <param name="placeOf">Row of the data that a row of the batches is; null where they are the data.</param>
sealed class SpooledColumns(RowSpool spool, IReadOnlyDictionary<string, Column> heads, Func<int, int>? placeOf) : LearnColumns
{
    /// <summary>Distinct values of a number that are held at most.</summary>
    const int CountLimit = 1_000_000;

    internal override int RowCount => spool.RowCount;

    internal override Column Head(string column) =>
        heads.TryGetValue(column, out var head) ? head : new Table([.. heads.Values])[column];

    internal override int MissingIn(string column) => spool[column].MissingCount;

    internal override int FirstMissingIn(string column) => spool[column].FirstMissing;

    internal override bool[] UsedCodes(string column)
    {
        var used = new bool[((CategoricalColumn)heads[column]).Levels.Count];
        void Note(double slot)
        {
            if (!double.IsNaN(slot))
                used[(int)slot] = true;
        }
        if (spool[column].Values is { } values)
        {
            foreach (var value in values)
                Note(value);
            return used;
        }
        ForEach(
            column,
            (_, slots, _) =>
            {
                foreach (var slot in slots)
                    Note(slot);
            }
        );
        return used;
    }

    internal override int OriginalRow(int row)
    {
        var chunk = row / spool.ChunkRows;
        var skipped = new double[1];
        ChunkColumns.Load(spool, chunk, [RoleNames.Skipped], []).Read(RoleNames.Skipped, row % spool.ChunkRows, skipped);
        var original = row + (int)skipped[0];
        return placeOf?.Invoke(original) ?? original;
    }

    internal override void Read(string column, int start, Span<double> slots) =>
        throw new InvalidOperationException("rows outside memory are read chunk by chunk.");

    internal override void ForEach(string column, SlotVisitor visit)
    {
        var buffers = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var (slots, sizes) = (new double[RowBlocks.BlockSize], new double[RowBlocks.BlockSize]);
        for (var chunk = 0; chunk < spool.ChunkCount; chunk++)
        {
            var columns = ChunkColumns.Load(spool, chunk, [column, RoleNames.Size], buffers);
            for (var start = 0; start < columns.RowCount; start += slots.Length)
            {
                var n = Math.Min(slots.Length, columns.RowCount - start);
                columns.Read(column, start, slots.AsSpan(0, n));
                columns.Read(RoleNames.Size, start, sizes.AsSpan(0, n));
                visit(chunk * spool.ChunkRows + start, slots.AsSpan(0, n), sizes.AsSpan(0, n));
            }
        }
    }

    internal override void ForEach(IReadOnlyList<string> columns, Action<double[][], int> visit)
    {
        var buffers = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var slots = columns.Select(_ => new double[RowBlocks.BlockSize]).ToArray();
        for (var chunk = 0; chunk < spool.ChunkCount; chunk++)
        {
            var loaded = ChunkColumns.Load(spool, chunk, columns.Distinct(StringComparer.Ordinal), buffers);
            for (var start = 0; start < loaded.RowCount; start += RowBlocks.BlockSize)
            {
                var n = Math.Min(RowBlocks.BlockSize, loaded.RowCount - start);
                for (var column = 0; column < columns.Count; column++)
                    loaded.Read(columns[column], start, slots[column].AsSpan(0, n));
                visit(slots, n);
            }
        }
    }

    internal override double[]? Distinct(string column)
    {
        if (spool[column].Values is not { } listed)
            return null;
        var values = new DistinctValues(ValueIndex.Limit);
        return values.TryAddAll([.. listed]) ? values.Rising() : null;
    }

    internal override ValueCounts Counts(string column)
    {
        var counter = new ValueCounter(CountLimit);
        ForEach(column, (_, slots, _) => counter.Add(slots));
        if (counter.Counts() is not { } counts)
        {
            GlmErrors.ThrowNotStreamed(
                $"a spline or factor of column '{column}', which has more than {InvariantText.Of(CountLimit)} distinct values,",
                "Round the column in a derived feature, or use it as a plain number"
            );
            return null;
        }
        return counts;
    }
}
