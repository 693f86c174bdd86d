namespace Halley.Sources;

/// <summary>How a file or a query is read.</summary>
public sealed record ReadOptions
{
    /// <summary>Threads that DuckDB reads Parquet with; 0 for as many as the machine has. Default 0. The result does not depend on it. SQL runs on one.</summary>
    public int Threads { get; init; }

    /// <summary>How CSV files are written down. Default null: the separator is found from the header, the rest is standard.</summary>
    public CsvOptions? Csv { get; init; }

    /// <summary>
    /// Decimal mark of CSV files, <c>.</c> or <c>,</c>, where <see cref="Csv"/> is not given. Default null: found from the first rows of
    /// a file whose fields a semicolon separates, else a point.
    /// </summary>
    public char? DecimalMark { get; init; }

    /// <summary>
    /// Folder whose files SQL may read, as <c>FROM 'claims.csv'</c> with a path below it; files elsewhere need a name in
    /// <see cref="Sources"/>. Default: the current folder.
    /// </summary>
    public string Folder { get; init; } = ".";

    /// <summary>Names that SQL may use for a file, wherever it stands, or for a table in memory. Default: none.</summary>
    public IReadOnlyDictionary<string, SqlSource> Sources { get; init; } = new Dictionary<string, SqlSource>();

    /// <summary>Told how far the reading has come. Default: nobody.</summary>
    public IProgress<FitProgress>? Progress { get; init; }

    internal int ThreadCount => Threads > 0 ? Threads : Environment.ProcessorCount;
}
