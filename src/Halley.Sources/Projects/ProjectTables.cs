using Halley.Data.Expressions;

namespace Halley.Sources;

/// <summary>The tables of a project, as <c>data.yaml</c> defines them; each is read once. Not safe for use by two threads at once.</summary>
/// <param name="folder">Folder of <c>data.yaml</c>.</param>
public sealed partial class ProjectTables(DataDefinition definition, string folder)
{
    readonly string folder = definition.Folder is null ? folder : Path.Combine(folder, definition.Folder);
    readonly Dictionary<string, Table> read = new(StringComparer.Ordinal);

    public DataDefinition Definition => definition;

    /// <summary>Reads a table: file or query, then renamed, given kinds and roles, claims joined, derived, filtered.</summary>
    /// <param name="progress">Told how far the reading of the file at hand has come; null for nobody.</param>
    /// <exception cref="HalleyException">HLY1521: no such table; else as the file or expression at fault says.</exception>
    public Table Read(string name, IProgress<FitProgress>? progress = null, CancellationToken cancellation = default)
    {
        if (read.TryGetValue(name, out var done))
            return done;
        var table = definition.Find(name) ?? throw NoTable(name);
        var rows = Given(table, Renamed(table, Source(table, progress, cancellation)));
        if (table.Claims is { } join)
            rows = JoinClaims(rows, join, progress, cancellation);
        foreach (var (column, text) in table.Derive)
            rows = rows.With(TableExpressions.Evaluate(rows, Expression.Parse(text, $"'{column}' of table '{name}'"), column));
        // Kinds of derived columns are declared in the same place as those of the file's.
        rows = Given(table, rows);
        if (table.Where is { } filter)
            rows = TableExpressions.Where(rows, Expression.Parse(filter, $"filter of table '{name}'"));
        return read[name] = rows;
    }

    Table Source(TableDefinition table, IProgress<FitProgress>? progress, CancellationToken cancellation)
    {
        if (table.File is { } file)
            return TableReader.Read(
                Path.Combine(folder, file),
                SchemaOf(table),
                new ReadOptions { Progress = progress, DecimalMark = table.DecimalMark },
                cancellation
            );
        var earlier = definition.Tables.TakeWhile(other => other.Name != table.Name);
        var sources = earlier
            .Where(other => MentionedIn(table.Sql!, other.Name))
            .ToDictionary(other => other.Name, other => SqlSource.Of(Read(other.Name, progress, cancellation)));
        return TableReader.Read(
            table.Sql!,
            SchemaOf(table),
            new ReadOptions
            {
                Folder = folder,
                Sources = sources,
                Progress = progress,
            },
            cancellation
        );
    }

    static bool MentionedIn(string sql, string name) => sql.Contains(name, StringComparison.Ordinal);

    /// <summary>The schema that a table declares; null where it is inferred, or there is no such table.</summary>
    public Schema? DeclaredSchema(string name) => definition.Find(name) is { } table ? SchemaOf(table) : null;

    Schema? SchemaOf(TableDefinition table)
    {
        if (table.Schema is null)
            return null;
        var path = Path.Combine(folder, table.Schema);
        return SchemaJson.Read(File.ReadAllText(path), path);
    }

    static Table Renamed(TableDefinition table, Table rows)
    {
        foreach (var missing in table.Rename.Keys.Where(name => !rows.Has(name)))
            throw NoColumn(table, missing, "rename", rows);
        return new(
            rows.Columns.Select(column => table.Rename.TryGetValue(column.Name, out var name) ? column.Rename(name) : column)
        );
    }

    /// <summary>Gives columns their declared kinds; a column with the role of exposure is years at risk.</summary>
    static Table Given(TableDefinition table, Table rows)
    {
        var known = table.Derive.Select(derived => derived.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var missing in table.Kinds.Keys.Concat(table.Roles.Keys).Where(name => !rows.Has(name) && !known.Contains(name)))
            throw NoColumn(table, missing, "kinds or roles", rows);
        return new(
            rows.Columns.Select(column =>
                table.Roles.TryGetValue(column.Name, out var role) && role == Role.Exposure
                    ? ColumnKinds.To(column, FieldKind.Exposure)
                : table.Kinds.TryGetValue(column.Name, out var kind) ? ColumnKinds.To(column, kind)
                : column
            )
        );
    }

    Table JoinClaims(Table policies, ClaimColumns join, IProgress<FitProgress>? progress, CancellationToken cancellation)
    {
        var options = new ClaimJoinOptions
        {
            PolicyKey = [join.Key],
            Amounts = [new() { Column = join.Amount, Name = join.Total }],
            CountName = join.Count,
        };
        var joined = ClaimJoin.Join(policies, Read(join.Table, progress, cancellation), options);
        var lost = joined.RowsOf(ClaimFate.NoPolicy);
        if (lost > 0)
            throw new HalleyException(
                "HLY1523",
                $"{lost:N0} claims of table '{join.Table}' belong to no policy by '{join.Key}'. Leave them out with 'where', or add their policies."
            );
        return joined.Policies;
    }

    HalleyException NoTable(string name) =>
        new(
            "HLY1521",
            $"data.yaml has no table '{name}'. It has: {string.Join(", ", definition.Tables.Select(table => table.Name))}."
        );

    static HalleyException NoColumn(TableDefinition table, string name, string where, Table rows) =>
        NoColumn(table, name, where, rows.Columns.Select(column => column.Name));

    static HalleyException NoColumn(TableDefinition table, string name, string where, IEnumerable<string> present) =>
        new("HLY1522", $"table '{table.Name}', {where}: there is no column '{name}'. It has: {string.Join(", ", present)}.");
}
