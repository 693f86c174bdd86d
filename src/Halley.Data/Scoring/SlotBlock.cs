namespace Halley.Data;

/// <summary>Rows of slots: the one working memory of models and decisions, live (one row) and in batch.</summary>
/// <remarks>
/// A slot holds a double a row: a number, a category's code, a boolean as 0 or 1, a date's day number; NaN where missing.
/// Layout, slot-major, so that each slot is one span:
/// <code>
///           row 0  row 1  …  row capacity−1
/// slot 0  [   ·      ·    …     ·   ]
/// slot 1  [   ·      ·    …     ·   ]
/// </code>
/// Not safe for use by two threads at once.
/// </remarks>
public sealed class SlotBlock
{
    /// <summary>Rows of a block in batch work: small enough for 100 slots to stay in the second-level cache.</summary>
    public const int BatchCapacity = 1024;

    readonly double[] values;
    int rowCount;

    public SlotBlock(int slotCount, int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(slotCount);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        SlotCount = slotCount;
        Capacity = capacity;
        rowCount = capacity;
        values = new double[slotCount * capacity];
    }

    public int SlotCount { get; }

    public int Capacity { get; }

    /// <summary>Rows in use, 0 to <see cref="Capacity"/>.</summary>
    public int RowCount
    {
        get => rowCount;
        set
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)value, (uint)Capacity, nameof(value));
            rowCount = value;
        }
    }

    /// <summary>Where the first row stands in the table that is worked on, from 0: lets messages name rows. Live: 0.</summary>
    public int FirstRow { get; set; }

    /// <summary>The slot's values, shape (<see cref="RowCount"/>).</summary>
    public Span<double> this[int slot] => values.AsSpan(slot * Capacity, rowCount);
}
