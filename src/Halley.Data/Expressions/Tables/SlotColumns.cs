namespace Halley.Data.Expressions;

/// <summary>Between columns and slots.</summary>
public static class SlotColumns
{
    /// <summary>The column of slot values of one type: what <see cref="Column.CopySlots"/> turns back.</summary>
    /// <param name="values">Shape (n); NaN where missing. Taken over, not copied, where the kind is a number.</param>
    public static Column ToColumn(string name, SlotType type, double[] values) =>
        type.Kind switch
        {
            FieldKind.Number => new NumericColumn(name, values),
            FieldKind.Exposure => new ExposureColumn(name, values),
            FieldKind.Category => new CategoricalColumn(name, Codes(values), type.Levels!),
            FieldKind.Boolean => new BooleanColumn(
                name,
                Array.ConvertAll(values, value => (sbyte)(double.IsNaN(value) ? -1 : value))
            ),
            FieldKind.Date => new DateColumn(name, Codes(values)),
            _ => throw new ArgumentException($"slots of kind {type} have no column.", nameof(type)),
        };

    static int[] Codes(double[] values) => Array.ConvertAll(values, value => double.IsNaN(value) ? -1 : (int)value);
}
