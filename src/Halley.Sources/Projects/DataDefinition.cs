namespace Halley.Sources;

/// <summary>A project's <c>data.yaml</c>: its tables, how they are read and joined.</summary>
/// <param name="Simulated">Whether the data were generated; every figure that rests on them then says so.</param>
/// <param name="Tables">In the file's order; a table may join those before it.</param>
/// <param name="Folder">From which the files' paths count, itself counted from the folder of <c>data.yaml</c>; null for that folder.</param>
public sealed record DataDefinition(bool Simulated, IReadOnlyList<TableDefinition> Tables, string? Folder = null)
{
    public TableDefinition? Find(string name) => Tables.FirstOrDefault(table => table.Name == name);
}
