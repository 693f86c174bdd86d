using DuckDB.NET.Native;
using Halley.Sources.DuckDb;
using Halley.Sources.Reading;

namespace Halley.Sources;

/// <summary>Reads CSV (also gzip), Parquet and SQL into a <see cref="Table"/>, through DuckDB in process.</summary>
public static partial class TableReader
{
    /// <summary>Reads a file by its extension, or runs one SQL query.</summary>
    /// <param name="source">A path, or a text that starts with SELECT, WITH or FROM.</param>
    /// <param name="schema">
    /// Fields to read, in this order, with their kinds and rules; null to read every column and infer its kind. Without it,
    /// text with few levels is a category (levels in ordinal order), and text with many is text.
    /// </param>
    /// <remarks>Rows come in the source's order. An empty CSV field is missing, <c>""</c> is an empty text.</remarks>
    /// <exception cref="HalleyException">HLY15xx: the file, line and column are named, and what to do.</exception>
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
        using var session = new DuckSession(options.ThreadCount, cancellation);
        return FormatOf(source) == FileFormat.Csv ? ReadCsv(session, source, schema) : ReadParquet(session, source, schema);
    }

    static Table ReadCsv(DuckSession session, string path, Schema? schema)
    {
        try
        {
            var file = new CsvFile(path);
            var requests = schema is null ? file.Guess(session) : RequestsOf(schema, $"'{path}'", file.Names);
            return ReadRevisable(requests, columns => ReadColumns(session, file.Source(TypeOf), columns));

            string TypeOf(string name) =>
                Array.Find(requests, request => request.Name == name) is { } request
                    ? ColumnBuilder.For(request).SqlType
                    : "VARCHAR";
        }
        catch (DuckFailure failure)
        {
            throw SourceErrors.OfFile(path, failure);
        }
    }

    static Table ReadParquet(DuckSession session, string path, Schema? schema)
    {
        try
        {
            var source = $"read_parquet({Sql.File(path)})";
            var requests = RequestsOf(session, source, $"'{path}'", schema);
            return ReadRevisable(requests, columns => ReadColumns(session, source, columns));
        }
        catch (DuckFailure failure)
        {
            throw SourceErrors.OfFile(path, failure);
        }
    }

    /// <summary>Reads, and reads again with a column as text, as long as inferred kinds are refuted by later rows.</summary>
    static Table ReadRevisable(ColumnRequest[] requests, Func<ColumnRequest[], Table> read)
    {
        while (true)
        {
            string? refuted;
            try
            {
                return read(requests);
            }
            catch (GuessRefuted refutation)
            {
                refuted = refutation.Column;
            }
            catch (DuckFailure failure)
                when (SourceErrors.RefutedColumn(failure) is { } column
                    && requests.Any(r => r.Name == column && r.Guessed && r.Kind != FieldKind.Text)
                )
            {
                refuted = SourceErrors.RefutedColumn(failure);
            }
            var position = Array.FindIndex(requests, request => request.Name == refuted);
            requests[position] = requests[position] with { Kind = FieldKind.Text };
        }
    }

    static Table ReadColumns(DuckSession session, string source, ColumnRequest[] requests)
    {
        var builders = Array.ConvertAll(requests, ColumnBuilder.For);
        var select = builders.Select((builder, i) => $"CAST({Sql.Name(requests[i].Name)} AS {builder.SqlType})");
        using (var result = session.Stream($"SELECT {string.Join(", ", select)} FROM {source}"))
        {
            while (result.Next())
            {
                for (var column = 0; column < builders.Length; column++)
                    builders[column].Append(result.Column(column));
            }
        }
        return new(builders.Select(builder => builder.Build()));
    }

    static ColumnRequest[] RequestsOf(DuckSession session, string source, string place, Schema? schema)
    {
        using var description = session.Stream($"SELECT * FROM {source} LIMIT 0");
        if (schema is not null)
            return RequestsOf(schema, place, description.Names);
        return
        [
            .. description.Names.Select(
                (name, column) => new ColumnRequest(name, KindOf(description.Types[column], place, name), Guessed: true)
            ),
        ];
    }

    static ColumnRequest[] RequestsOf(Schema schema, string place, IReadOnlyList<string> present)
    {
        var missing = schema.Fields.Select(field => field.Name).Except(present, StringComparer.Ordinal).ToArray();
        if (missing.Length > 0)
            throw SourceErrors.MissingColumns(place, missing, present);
        return [.. schema.Fields.Select(field => new ColumnRequest(field.Name, field.Kind))];
    }

    static FieldKind KindOf(DuckDBType type, string place, string column) =>
        type switch
        {
            DuckDBType.Boolean => FieldKind.Boolean,
            DuckDBType.TinyInt or DuckDBType.SmallInt or DuckDBType.Integer or DuckDBType.BigInt or DuckDBType.HugeInt =>
                FieldKind.Number,
            DuckDBType.UnsignedTinyInt or DuckDBType.UnsignedSmallInt or DuckDBType.UnsignedInteger => FieldKind.Number,
            DuckDBType.UnsignedBigInt or DuckDBType.UnsignedHugeInt => FieldKind.Number,
            DuckDBType.Float or DuckDBType.Double or DuckDBType.Decimal => FieldKind.Number,
            DuckDBType.Date or DuckDBType.Timestamp or DuckDBType.TimestampS or DuckDBType.TimestampMs => FieldKind.Date,
            DuckDBType.TimestampNs or DuckDBType.TimestampTz => FieldKind.Date,
            DuckDBType.Varchar or DuckDBType.Enum or DuckDBType.Uuid => FieldKind.Text,
            _ => throw SourceErrors.UnreadableType(place, column, type.ToString()),
        };

    static FileFormat FormatOf(string path)
    {
        var format = FileFormats.Of(path);
        if (!File.Exists(path))
            throw format is null ? SourceErrors.UnknownFormat(path) : SourceErrors.Missing(path);
        return format ?? throw SourceErrors.UnknownFormat(path);
    }
}
