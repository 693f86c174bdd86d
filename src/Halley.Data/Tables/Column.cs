namespace Halley.Data;

/// <summary>A named, typed, immutable column of a <see cref="Table"/>.</summary>
public abstract class Column
{
    private protected Column(string name, MissingMask? missing)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
        Missing = missing;
    }

    public string Name { get; }

    public abstract FieldKind Kind { get; }

    public abstract int RowCount { get; }

    /// <summary>Rows without a value, or null where every row has one.</summary>
    public MissingMask? Missing { get; }

    public bool IsMissing(int row) => Missing is not null && Missing[row];

    public int MissingCount => Missing?.MissingCount ?? 0;

    /// <summary>The same values under another name; shares the storage.</summary>
    public abstract Column Rename(string name);

    /// <summary>The values at the given rows, in that order.</summary>
    public abstract Column Take(ReadOnlySpan<int> rows);

    /// <summary>
    /// Copies rows <paramref name="start"/>.. as slot values: number, category code, day number, boolean 0/1; NaN where missing.
    /// </summary>
    /// <exception cref="NotSupportedException">A text column has no slot form.</exception>
    public abstract void CopySlots(int start, Span<double> destination);

    /// <summary>The value of a row as text in the invariant culture; null where missing.</summary>
    public abstract string? TextAt(int row);
}
