namespace Halley.Data;

static class TableErrors
{
    public static HalleyException NoColumn(string name, IEnumerable<Column> columns) =>
        new(
            "HLY1001",
            $"there is no column '{name}'. The table has: {string.Join(", ", columns.Select(column => column.Name))}."
        );

    public static HalleyException WrongKind(Column column, string wanted) =>
        new(
            "HLY1002",
            $"column '{column.Name}' is of kind {column.Kind.ToString().ToLowerInvariant()} where {wanted} is needed. "
                + "Change its kind in the schema, or name another column."
        );
}
