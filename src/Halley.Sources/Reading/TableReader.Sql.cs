using Halley.Sources.DuckDb;
using Halley.Sources.Reading;
using Halley.Sources.Writing;
using static DuckDB.NET.Native.NativeMethods;

namespace Halley.Sources;

public static partial class TableReader
{
    /// <summary>Lines of ours before the user's query.</summary>
    const int LeadingLines = 1;

    /// <summary>Whether the text is a query rather than a path.</summary>
    public static bool IsSql(string source)
    {
        var text = source.AsSpan().TrimStart();
        foreach (var word in (ReadOnlySpan<string>)["SELECT", "WITH", "FROM"])
        {
            if (
                text.StartsWith(word, StringComparison.OrdinalIgnoreCase)
                && text.Length > word.Length
                && char.IsWhiteSpace(text[word.Length])
            )
                return true;
        }
        return false;
    }

    /// <remarks>
    /// A query reads named sources and files below the options' folder; it can write nothing and reach no network. It runs on one
    /// thread: DuckDB gives the matches of a join, groups and sums of doubles in an order that depends on its threads, and a model
    /// that can't be fitted again to the same bytes can't be checked.
    /// </remarks>
    static Table ReadSql(string sql, Schema? schema, ReadOptions options, CancellationToken cancellation)
    {
        using var session = new DuckSession(threads: 1, "running the query", options.Progress, cancellation);
        try
        {
            RequireOneQuery(session, sql);
            var sources = options.Sources.Concat(FilesOf(session, sql, options)).ToArray();
            foreach (var (name, named) in sources)
                Define(session, name, named, options, cancellation);
            session.Confine(
                sources.Where(source => source.Value.Path is not null).Select(source => source.Value.Path!),
                [options.Folder]
            );
            return DuckTable.Read(session, $"(\n{sql.TrimEnd().TrimEnd(';')}\n) AS query", "the query's result", schema);
        }
        catch (DuckFailure failure)
        {
            throw SourceErrors.OfSql(failure, LeadingLines);
        }
    }

    /// <summary>The files below the folder that the query names as tables, so that they are read by our rules, not DuckDB's guesses.</summary>
    static IEnumerable<KeyValuePair<string, SqlSource>> FilesOf(DuckSession session, string sql, ReadOptions options)
    {
        var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.Folder)) + Path.DirectorySeparatorChar;
        return from name in TableNames.Of(session, sql)
            where !options.Sources.ContainsKey(name) && FileFormats.Of(name) is not null
            let path = Path.GetFullPath(name, folder)
            where path.StartsWith(folder, StringComparison.Ordinal) && File.Exists(path)
            select KeyValuePair.Create(name, SqlSource.File(path));
    }

    /// <summary>Gives a source its name: Parquet as a view, CSV and tables in memory as a table.</summary>
    static void Define(DuckSession session, string name, SqlSource named, ReadOptions options, CancellationToken cancellation)
    {
        if (named.Table is { } table)
        {
            TableLoader.Load(session, name, table);
            return;
        }
        var path = named.Path!;
        try
        {
            if (FormatOf(path) == FileFormat.Csv)
                TableLoader.Load(session, name, ReadCsv(path, schema: null, options, cancellation));
            else
                session.Run($"CREATE VIEW {Sql.Name(name)} AS SELECT * FROM {ParquetSource(path)}");
        }
        catch (DuckFailure failure)
        {
            throw SourceErrors.OfFile(path, failure);
        }
    }

    static void RequireOneQuery(DuckSession session, string sql)
    {
        var count = ExtractStatements.DuckDBExtractStatements(session.Native, sql, out var statements);
        using (statements)
        {
            if (count == 0)
                throw new DuckFailure(ExtractStatements.DuckDBExtractStatementsError(statements) ?? "it holds no statement");
            if (count > 1)
                throw SourceErrors.NotOneQuery($"{count} statements");
        }
    }
}
