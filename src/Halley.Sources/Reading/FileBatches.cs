using Halley.Sources.DuckDb;

namespace Halley.Sources.Reading;

/// <summary>A CSV or Parquet file read batch by batch under a schema that is known.</summary>
/// <param name="schema">Every column of the file, or those that are declared.</param>
sealed class FileBatches(string path, FileFormat format, Schema schema, ReadOptions options, CsvOptions csv, int batchRows)
    : ITableBatches
{
    public IReadOnlyList<string> Names { get; } = [.. schema.Fields.Select(field => field.Name)];

    public IEnumerable<Table> Read(
        IReadOnlyList<string> columns,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        foreach (var missing in columns.Where(name => schema.Find(name) is null))
            _ = new Table([.. schema.Fields.Select(field => new NumericColumn(field.Name, []))])[missing];
        var chosen = new Schema(columns.Select(name => schema.Find(name)!));
        return format == FileFormat.Csv
            ? CsvReader.ReadBatches(path, chosen, batchRows, csv, progress, cancellation)
            : ReadParquet(chosen, progress, cancellation);
    }

    IEnumerable<Table> ReadParquet(Schema chosen, IProgress<FitProgress>? progress, CancellationToken cancellation)
    {
        using var session = new DuckSession(options.ThreadCount, "reading", null, cancellation);
        using var batches = new DuckBatches(session, path, chosen, batchRows);
        var total = batches.CountRows();
        for (var read = 0L; batches.Next(read) is { } table; )
        {
            yield return table;
            read += table.RowCount;
            progress?.Report(new($"reading {Path.GetFileName(path)}", total == 0 ? 1 : (double)read / total));
        }
    }
}
