namespace Halley.Data;

/// <summary>Brings a table that came from anywhere under a schema: checks every value, applies the rules, takes the declared kinds.</summary>
public static class SchemaCheck
{
    const int ProblemsShown = 20;

    /// <summary>The schema's columns, in its order and of its kinds; columns that it does not name are left out.</summary>
    /// <param name="place">What to call the table in errors, for example a file's path.</param>
    /// <param name="firstRow">Rows that came before these, where they are one batch of many.</param>
    /// <remarks>
    /// Levels that the schema does not list keep the table's list. Text and numbers may become categories, numbers years at risk,
    /// 0 and 1 booleans, and anything text. A column that needs no change is shared with <paramref name="table"/>.
    /// </remarks>
    /// <exception cref="HalleyException">All problems at once: HLY1112 missing column, 1101 and 1114–1121 values, 1128 wrong kind.</exception>
    public static Table Apply(Schema schema, Table table, string place = "the table", long firstRow = 0)
    {
        var problems = new ProblemList(place, ProblemsShown);
        var columns = new List<Column>();
        foreach (var field in schema.Fields)
        {
            if (table.Find(field.Name) is { } column)
                columns.Add(new ColumnCheck(new(field), problems, firstRow).Apply(column));
            else
                AddNoColumn(problems, field, table);
        }
        problems.ThrowIfAny();
        return new(columns);
    }

    static void AddNoColumn(ProblemList problems, Field field, Table table) =>
        problems.Add(
            "HLY1112",
            "",
            0,
            () =>
                $"there is no column '{field.Name}'. The table has: "
                + string.Join(", ", table.Columns.Select(column => column.Name))
                + ". Rename the column, or take the field out of the schema."
        );
}
