namespace Halley.Sources.Reading;

/// <summary>Formats by file name.</summary>
static class FileFormats
{
    public const string Accepted = ".csv, .csv.gz, .tsv, .tsv.gz, .txt, .parquet or .pq";

    /// <summary>The format that the path's extension says, or null.</summary>
    public static FileFormat? Of(string path)
    {
        var plain = Plain(path);
        return Path.GetExtension(plain).ToLowerInvariant() switch
        {
            ".csv" or ".tsv" or ".txt" => FileFormat.Csv,
            ".parquet" or ".pq" when plain == path => FileFormat.Parquet,
            _ => null,
        };
    }

    /// <summary>Whether the extension says that tabs separate the fields.</summary>
    public static bool IsTabbed(string path) => Path.GetExtension(Plain(path)).Equals(".tsv", StringComparison.OrdinalIgnoreCase);

    /// <summary>The path without <c>.gz</c>.</summary>
    static string Plain(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
}
