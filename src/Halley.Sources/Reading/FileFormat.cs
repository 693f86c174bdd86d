namespace Halley.Sources.Reading;

enum FileFormat
{
    Csv,
    Parquet,
}

static class FileFormats
{
    public const string Accepted = ".csv, .csv.gz, .tsv, .tsv.gz, .txt, .parquet or .pq";

    /// <summary>The format that the path's extension says, or null.</summary>
    public static FileFormat? Of(string path)
    {
        var plain = IsGzip(path) ? Path.GetFileNameWithoutExtension(path) : path;
        return Path.GetExtension(plain).ToLowerInvariant() switch
        {
            ".csv" or ".tsv" or ".txt" => FileFormat.Csv,
            ".parquet" or ".pq" when plain == path => FileFormat.Parquet,
            _ => null,
        };
    }

    public static bool IsGzip(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
}
