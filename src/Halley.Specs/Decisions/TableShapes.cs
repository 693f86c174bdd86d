using Halley.Data;
using Halley.Data.Expressions;
using static Halley.Specs.Shapes;

namespace Halley.Specs;

/// <summary>Lookup tables: keys, then rows whose last cell is the value.</summary>
static class TableShapes
{
    static readonly Shape<LookupKey> LookupKeyShape = new EitherShape<LookupKey>(
        "the name of a key, or {range: name}",
        (IsScalar, Text.Then<LookupKey>(name => new(name))),
        (
            _ => true,
            new ObjectShape<LookupKey>(
                "a key of ranges",
                [Required("range", Text, "Name of a key whose cells are ranges such as 18..25.")],
                values => new(values.Get<string>("range"), true)
            )
        )
    );

    // An empty cell (~) matches a missing value, so cells are read by hand.
    static readonly Shape<string?> Cell = new CellShape();

    public static Shape<LookupTable> Table { get; } =
        new ObjectShape<LookupTable>(
            "a lookup table",
            [
                Required(
                    "keys",
                    ListOf(LookupKeyShape, loneItem: true),
                    "Keys in the order of the cells: area, or {range: driver_age}."
                ),
                Required("rows", ListOf(ListOf(Cell)), "Rows: a cell for each key, then the value."),
                Optional(
                    "kind",
                    Choice(("number", FieldKind.Number), ("category", FieldKind.Category)),
                    "Kind of the values. Default number."
                ),
                Optional("default", Text, "Value where no row matches; none where not given."),
            ],
            Build
        );

    static LookupTable Build(KeyValues values)
    {
        var keys = values.Get<IReadOnlyList<LookupKey>>("keys");
        var rows = values.Get<IReadOnlyList<IReadOnlyList<string?>>>("rows");
        for (var row = 0; row < rows.Count; row++)
        {
            if (rows[row].Count != keys.Count + 1)
                values.Refuse(
                    "rows",
                    $"row {row + 1} has {rows[row].Count} cells; {keys.Count} keys and a value need {keys.Count + 1}."
                );
            else if (rows[row][^1] is null)
                values.Refuse("rows", $"row {row + 1} has no value in its last cell.");
        }
        return new()
        {
            Name = "",
            Keys = keys,
            Rows = [.. rows.Where(row => row.Count > 0).Select(row => new LookupRow([.. row.SkipLast(1)], row[^1] ?? ""))],
            ValueKind = values.Or("kind", FieldKind.Number),
            Default = values.Text("default"),
        };
    }
}
