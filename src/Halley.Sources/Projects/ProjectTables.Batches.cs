namespace Halley.Sources;

/// <content>Tables read batch by batch, for files larger than memory.</content>
public sealed partial class ProjectTables
{
    /// <summary>A table to be read batch by batch: the rows, columns and levels of <see cref="Read"/>.</summary>
    /// <exception cref="HalleyException">As <see cref="Read"/>; HLY3481: a table of a query, or with claims joined, has to be read at once.</exception>
    public ITableBatches Batches(string name, IProgress<FitProgress>? progress = null, CancellationToken cancellation = default)
    {
        var table = definition.Find(name) ?? throw NoTable(name);
        if (table.File is not { } file)
            throw NotInBatches(table, "a query", "Read a file in its place: let the database write one");
        if (table.Claims is not null)
            throw NotInBatches(table, "claims joined to it", "Join them beforehand, so that the file has the columns");
        var options = new ReadOptions { Progress = progress, DecimalMark = table.DecimalMark };
        var batches = TableReader.Batches(Path.Combine(folder, file), SchemaOf(table), options, cancellation: cancellation);
        var known = batches.Names.ToHashSet(StringComparer.Ordinal);
        foreach (var missing in table.Rename.Keys.Where(column => !known.Contains(column)))
            throw NoColumn(table, missing, "rename", batches.Names);
        var rows = new ProjectBatches(table, batches);
        foreach (var missing in table.Kinds.Keys.Concat(table.Roles.Keys).Where(column => !rows.Names.Contains(column)))
            throw NoColumn(table, missing, "kinds or roles", rows.Names);
        return rows;
    }

    static HalleyException NotInBatches(TableDefinition table, string what, string remedy) =>
        new(
            "HLY3481",
            $"table '{table.Name}' has {what}, so it can't be read batch by batch. {remedy}, or fit without --stream."
        );
}
