using System.Diagnostics.CodeAnalysis;

namespace Halley.Data;

/// <summary>Reads CSV (RFC 4180, UTF-8, a header line; also gzip) into a <see cref="Table"/>.</summary>
/// <remarks>
/// An empty field is missing; <c>""</c> is an empty text (and missing where the field is a number, date or boolean).
/// Lines may end in LF or CR LF; empty lines are passed over in files of more than one column. The file is read as a
/// stream; memory holds the table and one block. All problems of a file are told at once, each with line, column, value and remedy.
/// </remarks>
public static partial class CsvReader
{
    /// <summary>Reads a file by a declared schema, or by an inferred one. Columns that the schema does not name are passed over.</summary>
    /// <param name="path">Gzip is recognised by its content.</param>
    /// <param name="schema">What to read and how to check it; null to infer it (the file is then read twice).</param>
    /// <exception cref="HalleyException">
    /// HLY1101 negative exposure, HLY1110 not UTF-8, 1111 ragged, 1112 missing column, 1113 header, 1114–1121 values, 1122 empty,
    /// 1123 quotes, 1124 too long, 1125 can't be opened, 1126 damaged gzip.
    /// </exception>
    public static Table Read(
        string path,
        Schema? schema = null,
        CsvOptions? options = null,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        schema ??= Infer(path, options, progress, cancellation).Schema;
        using var source = CsvSource.Open(path);
        return Read(source.Content, path, schema, options, () => Report(progress, "reading", path, source), cancellation);
    }

    /// <summary>Reads a stream of plain text by a declared schema.</summary>
    /// <param name="place">What to call the stream in errors.</param>
    /// <inheritdoc cref="Read(string, Schema?, CsvOptions?, IProgress{FitProgress}?, CancellationToken)"/>
    public static Table Read(
        Stream stream,
        string place,
        Schema schema,
        CsvOptions? options = null,
        CancellationToken cancellation = default
    ) => Read(stream, place, schema, options, () => { }, cancellation);

    /// <summary>Infers a schema from the whole of a file: kinds, levels, ranges, and roles guessed from names.</summary>
    /// <exception cref="HalleyException">As for reading; values can't be wrong here, only lines and bytes.</exception>
    public static InferredSchema Infer(
        string path,
        CsvOptions? options = null,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        using var source = CsvSource.Open(path);
        return Infer(source.Content, path, options, () => Report(progress, "looking at", path, source), cancellation);
    }

    /// <inheritdoc cref="Infer(string, CsvOptions?, IProgress{FitProgress}?, CancellationToken)"/>
    public static InferredSchema Infer(
        Stream stream,
        string place,
        CsvOptions? options = null,
        CancellationToken cancellation = default
    ) => Infer(stream, place, options, () => { }, cancellation);

    static Table Read(
        Stream stream,
        string place,
        Schema schema,
        CsvOptions? options,
        Action report,
        CancellationToken cancellation
    )
    {
        var (scanner, problems) = Begin(stream, place, ref options);
        ReadHeader(scanner, problems, place);
        var readers = new List<ColumnReader>();
        foreach (var field in schema.Fields)
        {
            var column = Array.IndexOf(problems.Columns, field.Name);
            if (column >= 0)
                readers.Add(ColumnReader.For(field, column, options, problems));
            else
                problems.AddNoColumn(field);
        }
        // Without its columns the file is the wrong one: its values would only add noise.
        problems.ThrowIfAny();
        ReadAll(scanner, place, batch => readers.ForEach(reader => reader.Read(batch)), report, cancellation);
        problems.ThrowIfAny();
        return new(readers.Select(reader => reader.Build()));
    }

    static InferredSchema Infer(Stream stream, string place, CsvOptions? options, Action report, CancellationToken cancellation)
    {
        var (scanner, problems) = Begin(stream, place, ref options);
        ReadHeader(scanner, problems, place);
        ColumnInference[] columns = [.. problems.Columns.Select((name, column) => new ColumnInference(name, column, options))];
        ReadAll(scanner, place, batch => Array.ForEach(columns, column => column.Look(batch)), report, cancellation);
        problems.ThrowIfAny();
        return SchemaInference.Of(columns.Select(column => column.Facts()));
    }

    static (CsvScanner Scanner, CsvProblems Problems) Begin(Stream stream, string place, [NotNull] ref CsvOptions? options)
    {
        options ??= new();
        if (options.Validate() is { Count: > 0 } wrong)
            throw new ArgumentException($"CSV options: {string.Join(" ", wrong)}", nameof(options));
        var problems = new CsvProblems(place, options);
        return (new(stream, options, problems), problems);
    }

    static void ReadHeader(CsvScanner scanner, CsvProblems problems, string place)
    {
        Guarded(place, scanner.ReadHeader, out var names);
        problems.ThrowIfAny();
        if (names.Length == 0)
            throw problems.Fail("HLY1122", "the file is empty. The first line must name the columns");
        if (names.Any(name => name.Contains('\r', StringComparison.Ordinal)))
            throw problems.Fail("HLY1113", "lines end in CR alone. Convert them to LF or CR LF");
        problems.Columns = names;
        for (var column = 0; column < names.Length; column++)
        {
            if (names[column].Length == 0)
                problems.Add("HLY1113", 1, $"column {column + 1} has no name. Name every column in the header");
            else if (Array.IndexOf(names, names[column]) < column)
                problems.Add("HLY1113", 1, $"two columns are named '{names[column]}'. Rename one of them");
        }
        problems.ThrowIfAny();
    }

    static void ReadAll(CsvScanner scanner, string place, Action<CsvBatch> take, Action report, CancellationToken cancellation)
    {
        while (true)
        {
            Guarded(place, scanner.Read, out var more);
            if (!more)
                return;
            take(scanner.Batch);
            report();
            cancellation.ThrowIfCancellationRequested();
        }
    }

    static void Guarded<T>(string place, Func<T> read, out T result)
    {
        try
        {
            result = read();
        }
        catch (InvalidDataException error)
        {
            throw new HalleyException(
                "HLY1126",
                $"{place}: the gzip data are damaged or cut short. Fetch or compress the file again.",
                inner: error
            );
        }
        catch (IOException error)
        {
            throw new HalleyException(
                "HLY1125",
                $"{place} can't be read: {error.Message} Check the disk and try again.",
                FaultKind.Environment,
                error
            );
        }
    }

    static void Report(IProgress<FitProgress>? progress, string doing, string path, CsvSource source) =>
        progress?.Report(new($"{doing} {Path.GetFileName(path)}", source.Fraction));
}
