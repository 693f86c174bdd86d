using Halley.Sources.DuckDb;
using Halley.Sources.Reading;

namespace Halley.Sources;

/// <summary>Reads CSV (also gzip), Parquet and SQL into a <see cref="Table"/>: CSV by our own reader, the rest by DuckDB in process.</summary>
public static partial class TableReader
{
    /// <summary>Reads a file by its extension, or runs one SQL query.</summary>
    /// <param name="source">A path, or a text that starts with SELECT, WITH or FROM.</param>
    /// <param name="schema">
    /// Fields to read, in this order, with their kinds and rules; null to read every column and infer its kind. Without it,
    /// text with few levels is a category, text with many is text, and a column with a usual name of exposure is years at risk.
    /// </param>
    /// <remarks>Rows come in the source's order.</remarks>
    /// <exception cref="HalleyException">
    /// HLY1501 no such file, 1502 unknown extension, 1508–1510 Parquet that can't be read, 1511 and 1512 SQL;
    /// HLY11xx what <see cref="CsvReader"/> and <see cref="SchemaCheck"/> find, all problems at once.
    /// </exception>
    public static Table Read(
        string source,
        Schema? schema = null,
        ReadOptions? options = null,
        CancellationToken cancellation = default
    )
    {
        options ??= new();
        if (IsSql(source))
            return ReadSql(source, schema, options, cancellation);
        return FormatOf(source) == FileFormat.Csv
            ? ReadCsv(source, schema, options, cancellation)
            : ReadParquet(source, schema, options, cancellation);
    }

    /// <summary>Infers a schema from all rows of a file or query: kinds, levels, ranges, and roles guessed from names.</summary>
    /// <exception cref="HalleyException">As for reading.</exception>
    public static InferredSchema Infer(string source, ReadOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new();
        return !IsSql(source) && FormatOf(source) == FileFormat.Csv
            ? CsvReader.Infer(source, CsvOptionsOf(source, options), options.Progress, cancellation)
            : SchemaInference.Of(Read(source, schema: null, options, cancellation));
    }

    static Table ReadCsv(string path, Schema? schema, ReadOptions options, CancellationToken cancellation) =>
        CsvReader.Read(path, schema, CsvOptionsOf(path, options), options.Progress, cancellation);

    static CsvOptions CsvOptionsOf(string path, ReadOptions options)
    {
        if (options.Csv is { } given)
            return given;
        var separator = CsvSeparator.Of(path);
        if (options.DecimalMark == separator)
            throw SourceErrors.MarkSeparates(path, separator);
        return new() { Separator = separator, DecimalMark = options.DecimalMark ?? CsvDecimal.Of(path, separator) };
    }

    static Table ReadParquet(string path, Schema? schema, ReadOptions options, CancellationToken cancellation)
    {
        using var session = new DuckSession(
            options.ThreadCount,
            $"reading {Path.GetFileName(path)}",
            options.Progress,
            cancellation
        );
        try
        {
            return DuckTable.Read(session, ParquetSource(path), $"'{path}'", schema);
        }
        catch (DuckFailure failure)
        {
            throw SourceErrors.OfFile(path, failure);
        }
    }

    static string ParquetSource(string path) => $"read_parquet({Sql.File(path)})";

    static FileFormat FormatOf(string path)
    {
        var format = FileFormats.Of(path);
        if (!File.Exists(path))
            throw format is null ? SourceErrors.UnknownFormat(path) : SourceErrors.Missing(path);
        return format ?? throw SourceErrors.UnknownFormat(path);
    }
}
