using Halley.Sources.Reading;
using Halley.Sources.Writing;

namespace Halley.Sources;

/// <summary>Writes a <see cref="Table"/> to Parquet (zstd) by DuckDB in process, or to CSV (also gzip).</summary>
public static class TableWriter
{
    /// <summary>Writes the table; the path's extension says the format. An existing file is replaced once the new one is whole.</summary>
    /// <remarks>
    /// Doubles survive to the bit in both formats. Parquet gets a number column without fractions as integers, and missing
    /// values as null; CSV gets them as empty fields, where <c>""</c> is an empty text.
    /// </remarks>
    /// <param name="progress">Told how far the writing has come; null for nobody.</param>
    /// <exception cref="HalleyException">HLY1517: unknown extension; HLY1127 (CSV), HLY1513 (Parquet): the file can't be written.</exception>
    public static void Write(
        Table table,
        string path,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        var format = FileFormats.Of(path) ?? throw SourceErrors.UnwritableFormat(path);
        if (format == FileFormat.Parquet)
            WriteParquet(table, path, progress, cancellation);
        else
            CsvWriter.Write(table, path, FileFormats.IsTabbed(path) ? new() { Separator = '\t' } : null, progress, cancellation);
    }

    static void WriteParquet(Table table, string path, IProgress<FitProgress>? progress, CancellationToken cancellation)
    {
        using var sink = new ParquetSink(path, progress, cancellation);
        sink.Add(table);
        sink.Finish();
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
}
