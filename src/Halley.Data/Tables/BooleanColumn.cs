namespace Halley.Data;

/// <summary>True, false or missing.</summary>
public sealed class BooleanColumn : Column
{
    readonly sbyte[] values;

    /// <summary>Wraps (does not copy) <paramref name="values"/>, shape (n): 1 true, 0 false, −1 missing.</summary>
    public BooleanColumn(string name, sbyte[] values)
        : base(name, MissingMask.Where(values.Length, row => values[row] < 0)) => this.values = values;

    public override FieldKind Kind => FieldKind.Boolean;

    public override int RowCount => values.Length;

    /// <summary>Shape (n): 1 true, 0 false, −1 missing.</summary>
    public ReadOnlySpan<sbyte> Values => values;

    public override Column Rename(string name) => new BooleanColumn(name, values);

    public override Column Take(ReadOnlySpan<int> rows) => new BooleanColumn(Name, Gather.At(values, rows));

    public override void CopySlots(int start, Span<double> destination)
    {
        var source = values.AsSpan(start, destination.Length);
        for (var i = 0; i < destination.Length; i++)
            destination[i] = source[i] < 0 ? double.NaN : source[i];
    }

    public override string? TextAt(int row) =>
        values[row] switch
        {
            < 0 => null,
            0 => "false",
            _ => "true",
        };
}
