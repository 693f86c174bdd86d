using Halley.Sources.DuckDb;
using Halley.Sources.Reading;
using Halley.Sources.Writing;

namespace Halley.Sources;

/// <summary>Writes a <see cref="Table"/> to Parquet (zstd) or CSV (also gzip), through DuckDB in process.</summary>
public static class TableWriter
{
    /// <summary>Writes the table; the path's extension says the format. An existing file is replaced once the new one is whole.</summary>
    /// <remarks>
    /// Doubles survive to the bit in both formats. A number column without fractions is written as integers. Missing values are
    /// null in Parquet and empty fields in CSV, where <c>""</c> is an empty text.
    /// </remarks>
    /// <exception cref="HalleyException">HLY1502: unknown extension; HLY1513: the file can't be written.</exception>
    public static void Write(Table table, string path, CancellationToken cancellation = default)
    {
        var format = FileFormats.Of(path) ?? throw SourceErrors.UnknownFormat(path);
        var unfinished = path + ".unfinished";
        try
        {
            using (var session = new DuckSession(Environment.ProcessorCount, cancellation))
            {
                TableLoader.Load(session, "written", table);
                session.Run($"COPY written TO {Sql.Text(Path.GetFullPath(unfinished))} ({OptionsOf(format, path)})");
            }
            File.Move(unfinished, path, overwrite: true);
        }
        catch (Exception inner) when (inner is DuckFailure or IOException or UnauthorizedAccessException)
        {
            throw SourceErrors.Unwritable(path, inner);
        }
        finally
        {
            if (File.Exists(unfinished))
                File.Delete(unfinished);
        }
    }

    /// <summary>Makes a folder where it is missing.</summary>
    internal static void MakeFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception inner) when (inner is IOException or UnauthorizedAccessException)
        {
            throw SourceErrors.Unwritable(folder, inner);
        }
    }

    static string OptionsOf(FileFormat format, string path)
    {
        if (format == FileFormat.Parquet)
            return "FORMAT parquet, COMPRESSION zstd";
        var separator = Path.GetFileName(path).Contains(".tsv", StringComparison.OrdinalIgnoreCase) ? "'\t'" : "','";
        return $"FORMAT csv, HEADER true, DELIMITER {separator}, COMPRESSION {(FileFormats.IsGzip(path) ? "gzip" : "none")}";
    }
}
