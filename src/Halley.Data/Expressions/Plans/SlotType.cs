namespace Halley.Data.Expressions;

/// <summary>What the doubles of a slot stand for.</summary>
/// <param name="Kind">Number, category, boolean, date or exposure; never text, which has no slot form.</param>
/// <param name="Levels">Levels of a category, in code order; null for other kinds.</param>
public sealed record SlotType(FieldKind Kind, LevelList? Levels = null)
{
    public static SlotType Number { get; } = new(FieldKind.Number);

    public static SlotType Boolean { get; } = new(FieldKind.Boolean);

    public static SlotType Date { get; } = new(FieldKind.Date);

    public static SlotType Category(LevelList levels) => new(FieldKind.Category, levels);

    /// <summary>Type of the slot that holds a field.</summary>
    /// <exception cref="HalleyException">HLY1210: the field is text, or a category without levels.</exception>
    public static SlotType Of(Field field) =>
        field.Kind switch
        {
            FieldKind.Text => throw new HalleyException(
                "HLY1210",
                $"field '{field.Name}' is text, which has no numeric form. Declare it a category with its levels, or leave it out."
            ),
            FieldKind.Category when field.Levels is null => throw new HalleyException(
                "HLY1210",
                $"field '{field.Name}' is a category without levels. List its levels in the schema."
            ),
            _ => new(field.Kind, field.Levels),
        };

    /// <summary>Type of the slot that holds a column.</summary>
    /// <exception cref="HalleyException">HLY1210: the column is text.</exception>
    public static SlotType Of(Column column) =>
        Of(
            new Field
            {
                Name = column.Name,
                Kind = column.Kind,
                Levels = (column as CategoricalColumn)?.Levels,
            }
        );

    /// <summary>The kind in a user's words.</summary>
    public override string ToString() => Kind.ToString().ToLowerInvariant();
}
