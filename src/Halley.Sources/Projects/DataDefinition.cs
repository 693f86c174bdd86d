namespace Halley.Sources;

/// <summary>A project's <c>data.yaml</c>: its tables, how they are read and joined.</summary>
/// <param name="Simulated">Whether the data were generated; every figure that rests on them then says so.</param>
/// <param name="Tables">In the file's order; a table may join those before it.</param>
public sealed record DataDefinition(bool Simulated, IReadOnlyList<TableDefinition> Tables)
{
    public TableDefinition? Find(string name) => Tables.FirstOrDefault(table => table.Name == name);
}
