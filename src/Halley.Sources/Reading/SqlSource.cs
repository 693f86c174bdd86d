namespace Halley.Sources;

/// <summary>What a name in SQL stands for.</summary>
public sealed record SqlSource
{
    SqlSource() { }

    internal string? Path { get; private init; }

    internal Table? Table { get; private init; }

    /// <summary>A CSV or Parquet file.</summary>
    public static SqlSource File(string path) => new() { Path = path };

    /// <summary>A table in memory.</summary>
    public static SqlSource Of(Table table) => new() { Table = table };
}
