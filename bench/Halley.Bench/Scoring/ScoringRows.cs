using Halley.Data;

namespace Halley.Bench;

/// <summary>The 67,801 test rows of the French file in the coding of the scored models: text as its index in byte order.</summary>
sealed class ScoringRows
{
    static readonly string[] Names =
    [
        "Area",
        "VehPower",
        "VehAge",
        "DrivAge",
        "BonusMalus",
        "VehBrand",
        "VehGas",
        "Density",
        "Region",
    ];

    internal ScoringRows(Table table)
    {
        var rows = table.Where(row => table["split"].TextAt(row) == "test");
        Count = rows.RowCount;
        Columns = [.. Names.Select(name => Coded(rows[name]))];
        RowMajor = new double[Count * Names.Length];
        for (var row = 0; row < Count; row++)
        {
            for (var column = 0; column < Names.Length; column++)
                RowMajor[row * Names.Length + column] = Columns[column][row];
        }
        Blocks = [.. Enumerable.Range(0, (Count + SlotBlock.BatchCapacity - 1) / SlotBlock.BatchCapacity).Select(BatchOf)];
    }

    internal int Count { get; }

    internal double[][] Columns { get; }

    internal double[] RowMajor { get; }

    /// <summary>The same in 32 bits; the values are whole numbers that fit.</summary>
    internal float[] SingleRowMajor => Array.ConvertAll(RowMajor, value => (float)value);

    internal SlotBlock[] Blocks { get; }

    internal static int[] Slots { get; } = [.. Enumerable.Range(0, Names.Length)];

    /// <summary>One row as Halley takes it.</summary>
    internal SlotBlock BlockOf(int row)
    {
        var block = new SlotBlock(Columns.Length, 1);
        for (var column = 0; column < Columns.Length; column++)
            block[column][0] = Columns[column][row];
        return block;
    }

    /// <summary>One row's numbers behind one another.</summary>
    internal double[] RowOf(int row) => RowMajor[(row * Columns.Length)..((row + 1) * Columns.Length)];

    SlotBlock BatchOf(int index)
    {
        var start = index * SlotBlock.BatchCapacity;
        var block = new SlotBlock(Names.Length, SlotBlock.BatchCapacity)
        {
            RowCount = Math.Min(SlotBlock.BatchCapacity, Count - start),
        };
        block.FirstRow = start;
        for (var column = 0; column < Names.Length; column++)
            Columns[column].AsSpan(start, block.RowCount).CopyTo(block[column]);
        return block;
    }

    static double[] Coded(Column column)
    {
        var values = new double[column.RowCount];
        column.CopySlots(0, values);
        if (column is not CategoricalColumn categories)
            return values;
        var order = categories.Levels.Levels.Order(StringComparer.Ordinal).ToList();
        return [.. values.Select(code => (double)order.IndexOf(categories.Levels[(int)code]))];
    }
}
