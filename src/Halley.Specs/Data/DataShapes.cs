using Halley.Data;
using Halley.Sources;
using static Halley.Specs.Shapes;

namespace Halley.Specs;

/// <summary>The whole of <c>data.yaml</c>.</summary>
static class DataShapes
{
    static readonly Shape<FieldKind> Kind = Choice(
        ("number", FieldKind.Number),
        ("category", FieldKind.Category),
        ("boolean", FieldKind.Boolean),
        ("date", FieldKind.Date),
        ("text", FieldKind.Text),
        ("exposure", FieldKind.Exposure)
    );

    static readonly Shape<Role> RoleShape = Choice(
        ("feature", Role.Feature),
        ("target", Role.Target),
        ("exposure", Role.Exposure),
        ("weight", Role.Weight),
        ("offset", Role.Offset),
        ("id", Role.Id),
        ("split", Role.Split),
        ("date", Role.Date),
        ("ignore", Role.Ignore)
    );

    static readonly Shape<ClaimColumns> Claims = new ObjectShape<ClaimColumns>(
        "a join of claims",
        [
            Required("table", Text, "Table of claims, a row each, named before this one."),
            Required("key", Text, "Column that both tables share."),
            Required("amount", Text, "Column of amounts in the claims table."),
            Optional("count", Text, "Name of the new column of counts. Default claim_count."),
            Optional("total", Text, "Name of the new column of totals. Default claim_total."),
        ],
        values =>
            new(
                values.Get<string>("table"),
                values.Get<string>("key"),
                values.Get<string>("amount"),
                values.Or("count", "claim_count"),
                values.Or("total", "claim_total")
            )
    );

    static readonly Shape<TableDefinition> Table = new ObjectShape<TableDefinition>(
        "a table",
        [
            Optional("file", Text, "CSV (also .gz) or Parquet file, from the folder of this file."),
            Optional("sql", Text, "Query over files and the tables above, in place of a file."),
            Optional("schema", Text, "Schema file; inferred where not given."),
            Optional(
                "decimal",
                Choice<char?>((".", '.'), (",", ',')),
                "Decimal mark of a CSV file. Default: a comma where semicolons separate the fields and the numbers show it, else a point."
            ),
            Optional("rename", MapOf(Text), "New name of a column: file's name: name here."),
            Optional("kinds", MapOf(Kind), "Kind of a column, where the inferred one is not meant."),
            Optional("roles", MapOf(RoleShape), "Role of a column."),
            Optional("derive", MapOf(Text), "Columns computed by expressions, in order."),
            Optional("where", Text, "Rows to keep: an expression."),
            Optional("claims", Claims, "Claims to count and add up onto the rows of this table."),
            Optional("simulated", Flag, "Whether this table was generated. Default: as the whole file."),
        ],
        values =>
        {
            if (values.Has("file") == values.Has("sql"))
                values.Refuse("file", "a table needs either a 'file' or an 'sql', not both and not neither.");
            return new()
            {
                Name = "",
                File = values.Text("file"),
                Sql = values.Text("sql"),
                Schema = values.Text("schema"),
                DecimalMark = values.Or<char?>("decimal", null),
                Rename = Dictionary<string>(values, "rename"),
                Kinds = Dictionary<FieldKind>(values, "kinds"),
                Roles = Dictionary<Role>(values, "roles"),
                Derive = values.Or<IReadOnlyList<KeyValuePair<string, string>>>("derive", []),
                Where = values.Text("where"),
                Claims = values.Or<ClaimColumns?>("claims", null),
                Simulated = values.Or("simulated", false),
            };
        }
    );

    public static Shape<DataDefinition> Data { get; } =
        new ObjectShape<DataDefinition>(
            "the data file",
            [
                Optional(
                    "simulated",
                    Flag,
                    "Whether the data were generated; every figure that rests on them then says so. Default false."
                ),
                Optional("folder", Text, "Folder from which the files' paths count. Default: that of this file."),
                Required("tables", MapOf(Table), "The project's tables, by name; a table may use those above it."),
            ],
            values =>
            {
                var simulated = values.Or("simulated", false);
                var tables = values.Get<IReadOnlyList<KeyValuePair<string, TableDefinition>>>("tables");
                RefuseJoinsToLaterTables(tables, values);
                return new(
                    simulated,
                    [
                        .. tables.Select(pair =>
                            pair.Value with
                            {
                                Name = pair.Key,
                                Simulated = simulated || pair.Value.Simulated,
                            }
                        ),
                    ],
                    values.Text("folder")
                );
            }
        );

    static void RefuseJoinsToLaterTables(IReadOnlyList<KeyValuePair<string, TableDefinition>> tables, KeyValues values)
    {
        for (var i = 0; i < tables.Count; i++)
        {
            if (tables[i].Value.Claims is { } join && tables.Take(i).All(earlier => earlier.Key != join.Table))
                values.Refuse(
                    "tables",
                    $"table '{tables[i].Key}' joins the claims of '{join.Table}', which does not stand above it."
                );
        }
    }

    static Dictionary<string, T> Dictionary<T>(KeyValues values, string key) =>
        values
            .Or<IReadOnlyList<KeyValuePair<string, T>>>(key, [])
            .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
}
