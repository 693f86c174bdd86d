namespace Halley.Decisions;

/// <summary>One field of the inputs and the table's column for it.</summary>
sealed class BatchField
{
    readonly double[]? codes;
    readonly double minimum;
    readonly double maximum;
    readonly bool missingIsFine;

    /// <param name="column">Null where the table has none and the field may be missing.</param>
    public BatchField(Field field, Column? column)
    {
        (Field, Column) = (field, column);
        (minimum, maximum) = (field.Minimum ?? double.MinValue, field.Maximum ?? double.MaxValue);
        if (field.Kind == FieldKind.Exposure)
            minimum = Math.Max(minimum, 0);
        missingIsFine = field.WhenMissing.Action == ValueAction.Missing && field.Kind != FieldKind.Exposure;
        if (field.Kind == FieldKind.Category && column is CategoricalColumn category)
            codes = Array.ConvertAll(category.Levels.MapTo(field.Levels!), code => code < 0 ? double.NaN : code);
    }

    public Field Field { get; }

    public Column? Column { get; }

    /// <summary>Whether a field of this kind can be read from a column of that one. Any column has text, and so levels.</summary>
    public static bool Fits(Field field, Column column) =>
        field.Kind switch
        {
            FieldKind.Number or FieldKind.Exposure => column.Kind is FieldKind.Number or FieldKind.Exposure,
            FieldKind.Boolean or FieldKind.Date => column.Kind == field.Kind,
            _ => true,
        };

    /// <summary>Reads rows as slot values, and marks those that need a closer look: bad, to be replaced, or perhaps missing.</summary>
    /// <param name="slots">Shape (n).</param>
    /// <param name="doubtful">Shape (n): set where a value is not plainly good.</param>
    public void Read(int start, Span<double> slots, Span<bool> doubtful)
    {
        if (Column is null)
            slots.Fill(double.NaN);
        else if (Field.Kind == FieldKind.Text)
            ReadText(start, slots);
        else if (Field.Kind == FieldKind.Category)
            ReadCodes(start, slots);
        else
            Column.CopySlots(start, slots);
        for (var row = 0; row < slots.Length; row++)
        {
            if (double.IsNaN(slots[row]))
                doubtful[row] |= !(missingIsFine && (Column is null || Column.IsMissing(start + row)));
            else if (Field.Kind is not (FieldKind.Category or FieldKind.Text))
                doubtful[row] |=
                    !(slots[row] >= minimum && slots[row] <= maximum) || (Field.Whole && slots[row] != Math.Floor(slots[row]));
        }
    }

    /// <summary>0 where there is a text, for the doubt alone; a text has no slot form.</summary>
    void ReadText(int start, Span<double> slots)
    {
        for (var row = 0; row < slots.Length; row++)
            slots[row] = Column!.IsMissing(start + row) ? double.NaN : 0;
    }

    void ReadCodes(int start, Span<double> slots)
    {
        if (codes is not null)
        {
            Column!.CopySlots(start, slots);
            foreach (ref var slot in slots)
                slot = double.IsNaN(slot) ? double.NaN : codes[(int)slot];
            return;
        }
        for (var row = 0; row < slots.Length; row++)
            slots[row] =
                Column!.TextAt(start + row) is { } level && Field.Levels!.CodeOf(level) is >= 0 and var code ? code : double.NaN;
    }
}
