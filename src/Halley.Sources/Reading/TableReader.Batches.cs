using Halley.Sources.DuckDb;
using Halley.Sources.Reading;

namespace Halley.Sources;

/// <content>Reading in batches, for files larger than memory.</content>
public static partial class TableReader
{
    /// <summary>A CSV or Parquet file to be read batch by batch, with the columns, kinds and levels of <see cref="Read"/>.</summary>
    /// <param name="schema">Fields to read; null to infer, which reads the file once before.</param>
    /// <param name="batchRows">Rows of a batch, about.</param>
    /// <exception cref="HalleyException">As <see cref="Read"/>; values are checked while they are read.</exception>
    public static ITableBatches Batches(
        string path,
        Schema? schema = null,
        ReadOptions? options = null,
        int batchRows = 1 << 17,
        CancellationToken cancellation = default
    )
    {
        options ??= new();
        var format = FormatOf(path);
        var csv = CsvOptionsOf(path, options);
        if (schema is null || schema.Fields.Any(field => field.Kind == FieldKind.Category && field.Levels is null))
            schema = WithLevels(schema, InferFile(path, format, csv, options, cancellation));
        return new FileBatches(path, format, schema, options, csv, batchRows);
    }

    static Schema InferFile(string path, FileFormat format, CsvOptions csv, ReadOptions options, CancellationToken cancellation)
    {
        if (format == FileFormat.Csv)
            return CsvReader.Infer(path, csv, options.Progress, cancellation).Schema;
        using var session = new DuckSession(
            options.ThreadCount,
            $"looking at {Path.GetFileName(path)}",
            options.Progress,
            cancellation
        );
        try
        {
            return ParquetFacts.Infer(session, path).Schema;
        }
        catch (DuckFailure failure)
        {
            throw SourceErrors.OfFile(path, failure);
        }
    }

    /// <summary>The declared schema, with the levels found where it lists none.</summary>
    static Schema WithLevels(Schema? declared, Schema found) =>
        declared is null
            ? found
            : new(
                declared.Fields.Select(field =>
                    field.Kind == FieldKind.Category && field.Levels is null
                        ? field with
                        {
                            Levels =
                                found.Find(field.Name)?.Levels
                                ?? throw new HalleyException(
                                    "HLY1528",
                                    $"column '{field.Name}' is declared a category without levels, and its values in the file are not texts of few levels. "
                                        + "List its levels in the schema."
                                ),
                        }
                        : field
                )
            );
}
