namespace Halley.Data;

/// <content>Reading in batches, for files larger than memory.</content>
public static partial class CsvReader
{
    /// <summary>Reads a file by a declared schema, batch after batch; otherwise as <see cref="Read(string, Schema?, CsvOptions?, IProgress{FitProgress}?, CancellationToken)"/>.</summary>
    /// <remarks>After the first problem no more batches come; the file is read to its end, and all problems are told at once.</remarks>
    /// <param name="batchRows">Rows of a batch at least, but for the last.</param>
    public static IEnumerable<Table> ReadBatches(
        string path,
        Schema schema,
        int batchRows,
        CsvOptions? options = null,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        using var source = CsvSource.Open(path);
        var (scanner, problems) = Begin(source.Content, path, ref options);
        ReadHeader(scanner, problems, path);
        var columns = schema
            .Fields.Select(field => (Field: field, Position: Array.IndexOf(problems.Columns, field.Name)))
            .ToArray();
        foreach (var (field, _) in columns.Where(column => column.Position < 0))
            problems.AddNoColumn(field);
        problems.ThrowIfAny();
        ColumnReader[] Readers() =>
            [.. columns.Select(column => ColumnReader.For(column.Field, column.Position, options, problems))];
        var (readers, rows) = (Readers(), 0);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            Guarded(path, scanner.Read, out var more);
            if (more)
            {
                foreach (var reader in readers)
                    reader.Read(scanner.Batch);
                rows += scanner.Batch.RowCount;
                Report(progress, "reading", path, source);
            }
            if (rows >= batchRows || (!more && rows > 0))
            {
                if (!problems.HasAny)
                    yield return new(readers.Select(reader => reader.Build()));
                (readers, rows) = (Readers(), 0);
            }
            if (!more)
                break;
        }
        problems.ThrowIfAny();
    }
}
