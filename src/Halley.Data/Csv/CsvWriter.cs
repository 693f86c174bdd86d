using System.IO.Compression;

namespace Halley.Data;

/// <summary>Writes a <see cref="Table"/> as CSV (RFC 4180, UTF-8, a header line, lines end in LF).</summary>
/// <remarks>
/// What is written reads back as the same table: doubles in the shortest form that gives the same bits, a missing value as an
/// empty field, an empty text as <c>""</c>. Fields are quoted only where needed.
/// </remarks>
public static class CsvWriter
{
    /// <summary>Writes a file, through gzip where its name ends in <c>.gz</c>. It appears under its name only when it is whole.</summary>
    /// <param name="progress">Told how far the writing has come; null for nobody.</param>
    /// <exception cref="HalleyException">HLY1127: the file can't be written.</exception>
    public static void Write(
        Table table,
        string path,
        CsvOptions? options = null,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        var unfinished = path + ".part";
        var stage = $"writing {Path.GetFileName(path)}";
        Action<double>? told = progress is null ? null : share => progress.Report(new(stage, share));
        try
        {
            using (var file = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                if (path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
                {
                    using var compressed = new GZipStream(file, CompressionLevel.Optimal);
                    Write(table, compressed, options, told, cancellation);
                }
                else
                {
                    Write(table, file, options, told, cancellation);
                }
            }
            File.Move(unfinished, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            RemoveUnfinished(unfinished);
            throw new HalleyException(
                "HLY1127",
                $"'{path}' can't be written: {error.Message} Check the folder, your rights and the free space.",
                FaultKind.Environment,
                error
            );
        }
        catch
        {
            RemoveUnfinished(unfinished);
            throw;
        }
    }

    /// <summary>Writes plain text to a stream, which stays open.</summary>
    /// <exception cref="ArgumentException">The options contradict themselves, or a text is not valid Unicode.</exception>
    public static void Write(Table table, Stream stream, CsvOptions? options = null, CancellationToken cancellation = default) =>
        Write(table, stream, options, told: null, cancellation);

    /// <summary>Writes the rows without a header line, behind those of a table with the same columns.</summary>
    /// <inheritdoc cref="Write(Table, Stream, CsvOptions?, CancellationToken)"/>
    public static void Append(Table table, Stream stream, CsvOptions? options = null, CancellationToken cancellation = default) =>
        Write(table, stream, options, told: null, cancellation, header: false);

    static void Write(
        Table table,
        Stream stream,
        CsvOptions? options,
        Action<double>? told,
        CancellationToken cancellation,
        bool header = true
    )
    {
        options ??= new();
        if (options.Validate() is { Count: > 0 } wrong)
            throw new ArgumentException($"CSV options: {string.Join(" ", wrong)}", nameof(options));
        var sink = new ByteSink(stream);
        var separator = (byte)options.Separator;
        var columns = table.Columns.Select(column => CsvCells.Of(column, options)).ToArray();
        if (header)
            WriteHeader(table, sink, options);
        for (var row = 0; row < table.RowCount; row++)
        {
            for (var column = 0; column < columns.Length; column++)
            {
                if (column > 0)
                    sink.Add(separator);
                columns[column].Write(row, sink);
            }
            sink.Add((byte)'\n');
            if (row % 4096 == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                told?.Invoke(row / (double)table.RowCount);
            }
        }
        sink.Flush();
    }

    static void RemoveUnfinished(string path)
    {
        if (File.Exists(path))
            File.Delete(path);
    }

    static void WriteHeader(Table table, ByteSink sink, CsvOptions options)
    {
        for (var column = 0; column < table.Columns.Count; column++)
        {
            if (column > 0)
                sink.Add((byte)options.Separator);
            sink.Add(CsvCells.Quoted(table.Columns[column].Name, options));
        }
        sink.Add((byte)'\n');
    }
}
