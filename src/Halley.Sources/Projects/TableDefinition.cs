namespace Halley.Sources;

/// <summary>One table of a project: a file or a query, with what its columns are.</summary>
public sealed record TableDefinition
{
    public required string Name { get; init; }

    /// <summary>Path of a CSV (also gzip) or Parquet file, from the folder of <c>data.yaml</c>; null where <see cref="Sql"/> is given.</summary>
    public string? File { get; init; }

    /// <summary>A query; files and earlier tables by name.</summary>
    public string? Sql { get; init; }

    /// <summary>Path of a schema file (JSON, as <c>halley data check --write-schema</c> writes it); null to infer.</summary>
    public string? Schema { get; init; }

    /// <summary>Decimal mark of a CSV file, <c>.</c> or <c>,</c>; null to find it from the file.</summary>
    public char? DecimalMark { get; init; }

    /// <summary>New name by the file's column name.</summary>
    public IReadOnlyDictionary<string, string> Rename { get; init; } = new Dictionary<string, string>();

    /// <summary>Kind by column, where the inferred one is not meant.</summary>
    public IReadOnlyDictionary<string, FieldKind> Kinds { get; init; } = new Dictionary<string, FieldKind>();

    /// <summary>Role by column.</summary>
    public IReadOnlyDictionary<string, Role> Roles { get; init; } = new Dictionary<string, Role>();

    /// <summary>Columns computed by expressions, in order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Derive { get; init; } = [];

    /// <summary>Rows to keep: an expression; null for all.</summary>
    public string? Where { get; init; }

    /// <summary>Claims to count and add up onto this table's rows; null for none.</summary>
    public ClaimColumns? Claims { get; init; }

    /// <summary>Columns that this table brings only in a simulation (quotes, fraud, prices), so that what rests on them is marked.</summary>
    public bool Simulated { get; init; }
}
