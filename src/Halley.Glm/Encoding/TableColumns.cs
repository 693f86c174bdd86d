using Halley.Data;
using Halley.Kernels;

namespace Halley.Glm;

/// <summary>Learn rows in a table.</summary>
/// <param name="size">Weighted exposure of each row, shape (n).</param>
/// <param name="placeOf">Row of the data that each row is.</param>
sealed class TableColumns(Table rows, double[] size, Func<int, int> placeOf) : LearnColumns
{
    internal override int RowCount => rows.RowCount;

    internal override Column Head(string column) => rows[column];

    internal override int MissingIn(string column) => rows[column].MissingCount;

    internal override int FirstMissingIn(string column)
    {
        var values = rows[column];
        for (var row = 0; row < values.RowCount && values.MissingCount > 0; row++)
        {
            if (values.IsMissing(row))
                return row;
        }
        return -1;
    }

    internal override bool[] UsedCodes(string column)
    {
        var category = rows.Categorical(column);
        var used = new bool[category.Levels.Count];
        foreach (var code in category.Codes)
        {
            if (code >= 0)
                used[code] = true;
        }
        return used;
    }

    internal override int OriginalRow(int row) => placeOf(row);

    internal override void Read(string column, int start, Span<double> slots) => rows[column].CopySlots(start, slots);

    internal override void ForEach(string column, SlotVisitor visit)
    {
        var (values, slots) = (rows[column], new double[Math.Min(RowBlocks.BlockSize, RowCount)]);
        for (var start = 0; start < RowCount; start += slots.Length)
        {
            var own = slots.AsSpan(0, Math.Min(slots.Length, RowCount - start));
            values.CopySlots(start, own);
            visit(start, own, size.AsSpan(start, own.Length));
        }
    }

    internal override void ForEach(IReadOnlyList<string> columns, Action<double[][], int> visit)
    {
        var slots = columns.Select(_ => new double[Math.Min(RowBlocks.BlockSize, RowCount)]).ToArray();
        for (var start = 0; start < RowCount; start += RowBlocks.BlockSize)
        {
            var n = Math.Min(RowBlocks.BlockSize, RowCount - start);
            for (var column = 0; column < columns.Count; column++)
                rows[columns[column]].CopySlots(start, slots[column].AsSpan(0, n));
            visit(slots, n);
        }
    }

    internal override ValueCounts Counts(string column)
    {
        var counter = new ValueCounter(int.MaxValue);
        ForEach(column, (_, slots, _) => counter.Add(slots));
        return counter.Counts()!;
    }
}
