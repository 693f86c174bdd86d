using System.Globalization;

namespace Halley.Data;

/// <summary>Finite doubles; NaN stands exactly where the value is missing.</summary>
public sealed class NumericColumn : Column
{
    readonly double[] values;

    /// <summary>Wraps (does not copy) <paramref name="values"/>; NaN marks a missing value. The caller must not change them afterwards.</summary>
    public NumericColumn(string name, double[] values)
        : this(name, values, MissingMask.OfNaN(values)) { }

    internal NumericColumn(string name, double[] values, MissingMask? missing)
        : base(name, missing) => this.values = values;

    public override FieldKind Kind => FieldKind.Number;

    public override int RowCount => values.Length;

    /// <summary>Shape (n); NaN where missing.</summary>
    public ReadOnlySpan<double> Values => values;

    /// <summary>Shape (n); NaN where missing.</summary>
    public ReadOnlyMemory<double> Memory => values;

    public override Column Rename(string name) => new NumericColumn(name, values, Missing);

    public override Column Take(ReadOnlySpan<int> rows) => new NumericColumn(Name, Gather.At(values, rows));

    public override void CopySlots(int start, Span<double> destination) =>
        values.AsSpan(start, destination.Length).CopyTo(destination);

    public override string? TextAt(int row) => IsMissing(row) ? null : values[row].ToString("R", CultureInfo.InvariantCulture);
}
