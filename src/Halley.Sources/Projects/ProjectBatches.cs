using Halley.Data.Expressions;

namespace Halley.Sources;

/// <summary>Batches of a file with what a project's table says of it: renamed, of given kinds, derived, filtered.</summary>
sealed class ProjectBatches : ITableBatches
{
    readonly TableDefinition table;
    readonly ITableBatches source;
    readonly (string Name, Expression Expression)[] derived;
    readonly Expression? filter;
    readonly Dictionary<string, string> fileNames;

    /// <summary>Levels over all rows of columns that become categories; null for those that are categories already.</summary>
    readonly Dictionary<string, LevelList?> levels = new(StringComparer.Ordinal);

    internal ProjectBatches(TableDefinition table, ITableBatches source)
    {
        (this.table, this.source) = (table, source);
        derived = [.. table.Derive.Select(one => (one.Key, Expression.Parse(one.Value, $"'{one.Key}' of table '{table.Name}'")))];
        filter = table.Where is null ? null : Expression.Parse(table.Where, $"filter of table '{table.Name}'");
        fileNames = source.Names.ToDictionary(name => table.Rename.GetValueOrDefault(name, name), StringComparer.Ordinal);
        Names =
        [
            .. source.Names.Select(name => table.Rename.GetValueOrDefault(name, name)).Union(derived.Select(one => one.Name)),
        ];
    }

    public IReadOnlyList<string> Names { get; }

    public IEnumerable<Table> Read(
        IReadOnlyList<string> columns,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        foreach (var name in columns.Where(name => !Names.Contains(name)))
            _ = new Table([.. Names.Select(known => new NumericColumn(known, []))])[name];
        foreach (var name in Needed(columns, filter).Where(IsCategory).ToArray())
            FindLevels(name, cancellation);
        foreach (var rows in Rows(columns, filter, open: null, progress, cancellation))
            yield return (filter is null ? rows : TableExpressions.Where(rows, filter)).Select(columns);
    }

    /// <summary>Batches with the named columns and what the filter reads, not filtered yet.</summary>
    /// <param name="open">A column that keeps the kind it comes with; null for none.</param>
    IEnumerable<Table> Rows(
        IReadOnlyList<string> columns,
        Expression? filter,
        string? open,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation
    )
    {
        var needed = Needed(columns, filter);
        string[] own = [.. fileNames.Keys.Where(needed.Contains)];
        // A filter or a derived column of constants alone still needs the rows.
        if (own.Length == 0)
            own = [fileNames.Keys.First()];
        var firstRow = 0L;
        foreach (var batch in source.Read([.. own.Select(name => fileNames[name])], progress, cancellation))
        {
            var rows = Given(new(batch.Columns.Select((column, i) => column.Rename(own[i]))), open, firstRow);
            foreach (var (name, expression) in derived.Where(one => needed.Contains(one.Name)))
                rows = rows.With(TableExpressions.Evaluate(rows, expression, name));
            yield return Given(rows, open, firstRow);
            firstRow += batch.RowCount;
        }
    }

    /// <summary>The columns that these rest on, themselves among them.</summary>
    HashSet<string> Needed(IReadOnlyList<string> columns, Expression? filter)
    {
        var needed = columns.Concat(filter?.Names ?? []).ToHashSet(StringComparer.Ordinal);
        // Backwards, because a derived column may read those before it only.
        foreach (var (_, expression) in derived.Reverse().Where(one => needed.Contains(one.Name)))
            needed.UnionWith(expression.Names);
        return needed;
    }

    Table Given(Table rows, string? open, long firstRow) =>
        new(
            rows.Columns.Select(column =>
                column.Name != open && KindOf(column.Name) is { } kind
                    ? ColumnKinds.To(column, kind, levels.GetValueOrDefault(column.Name), firstRow)
                    : column
            )
        );

    FieldKind? KindOf(string name) =>
        table.Roles.TryGetValue(name, out var role) && role == Role.Exposure ? FieldKind.Exposure
        : table.Kinds.TryGetValue(name, out var kind) ? kind
        : null;

    bool IsCategory(string name) => KindOf(name) == FieldKind.Category;

    /// <summary>Reads a column that becomes a category once, for all its values.</summary>
    void FindLevels(string name, CancellationToken cancellation)
    {
        if (levels.ContainsKey(name))
            return;
        // Those that it is derived from come first.
        foreach (var other in Needed([name], filter: null).Where(other => other != name && IsCategory(other)).ToArray())
            FindLevels(other, cancellation);
        var (present, areNumbers) = (new HashSet<string>(StringComparer.Ordinal), true);
        foreach (var rows in Rows([name], filter: null, open: name, progress: null, cancellation))
        {
            var column = rows[name];
            if (column is CategoricalColumn)
            {
                levels.Add(name, null);
                return;
            }
            areNumbers &= column is NumericColumn;
            for (var row = 0; row < column.RowCount; row++)
            {
                if (column.TextAt(row) is { } text)
                    present.Add(text);
            }
        }
        levels.Add(name, ColumnKinds.LevelsOf(present, areNumbers));
    }
}
