namespace Halley.Data.Expressions;

/// <summary>Expressions over whole tables: derived columns and filters.</summary>
public static class TableExpressions
{
    /// <summary>The value of an expression in every row.</summary>
    /// <exception cref="HalleyException">HLY1202 to HLY1205: the expression does not fit the table's columns.</exception>
    public static Column Evaluate(
        Table table,
        Expression expression,
        string name,
        IReadOnlyDictionary<string, LookupTable>? tables = null
    )
    {
        var values = Values(table, expression, tables, out var type);
        return SlotColumns.ToColumn(name, type, values);
    }

    /// <summary>The table with derived columns added in order; each may read those before it.</summary>
    /// <exception cref="HalleyException">As <see cref="Evaluate"/>.</exception>
    public static Table Derive(
        Table table,
        IEnumerable<KeyValuePair<string, Expression>> derived,
        IReadOnlyDictionary<string, LookupTable>? tables = null
    ) => derived.Aggregate(table, (current, next) => current.With(Evaluate(current, next.Value, next.Key, tables)));

    /// <summary>The rows for which <paramref name="filter"/> is true; a row for which it is missing is left out.</summary>
    /// <exception cref="HalleyException">As <see cref="Evaluate"/>; HLY1203 where the filter is no boolean.</exception>
    public static int[] RowsWhere(Table table, Expression filter, IReadOnlyDictionary<string, LookupTable>? tables = null)
    {
        var values = Values(table, filter, tables, out var type);
        if (type.Kind != FieldKind.Boolean)
            throw new HalleyException(
                ExpressionCodes.Type,
                $"the filter '{filter.Text}' is a {type}; it must be true or false in each row. Compare it with something."
            );
        return [.. Enumerable.Range(0, values.Length).Where(row => values[row] == 1)];
    }

    /// <summary>The table's rows for which <paramref name="filter"/> is true.</summary>
    /// <exception cref="HalleyException">As <see cref="RowsWhere"/>.</exception>
    public static Table Where(Table table, Expression filter, IReadOnlyDictionary<string, LookupTable>? tables = null)
    {
        var rows = RowsWhere(table, filter, tables);
        return rows.Length == table.RowCount ? table : table.Take(rows);
    }

    static double[] Values(
        Table table,
        Expression expression,
        IReadOnlyDictionary<string, LookupTable>? tables,
        out SlotType type
    )
    {
        var builder = new PlanBuilder();
        var scope = new Dictionary<string, SlotRef>(StringComparer.Ordinal);
        // With a name that there is not, all columns are bound, so that the error can offer the nearest.
        var names = expression.Names.All(table.Has)
            ? expression.Names
            : table.Columns.Where(column => column.Kind != FieldKind.Text).Select(column => column.Name);
        var inputs = TableInputs.Bind(builder, table, names, scope);
        var result = expression.Compile(builder, scope, tables);
        type = result.Type;
        var values = new double[table.RowCount];
        inputs.Run(builder.Build(), table.RowCount, block => block[result.Index].CopyTo(values.AsSpan(block.FirstRow)));
        return values;
    }
}
