namespace Halley.Data;

/// <summary>Free text, such as an id; null where missing.</summary>
public sealed class TextColumn : Column
{
    readonly string?[] values;

    /// <summary>Wraps (does not copy) <paramref name="values"/>, shape (n).</summary>
    public TextColumn(string name, string?[] values)
        : base(name, MissingMask.Where(values.Length, row => values[row] is null)) => this.values = values;

    public override FieldKind Kind => FieldKind.Text;

    public override int RowCount => values.Length;

    /// <summary>Shape (n); null where missing.</summary>
    public ReadOnlySpan<string?> Values => values;

    public override Column Rename(string name) => new TextColumn(name, values);

    public override Column Take(ReadOnlySpan<int> rows) => new TextColumn(Name, Gather.At(values, rows));

    public override void CopySlots(int start, Span<double> destination) =>
        throw new NotSupportedException(
            $"text column '{Name}' has no numeric form; declare it a category, or give it the role id."
        );

    public override string? TextAt(int row) => values[row];
}
