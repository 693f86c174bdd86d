using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Halley.Data;

namespace Halley.Registry;

/// <summary>The decision log in a PostgreSQL database.</summary>
/// <remarks>Long reads go page by page, each page a short transaction, so that none holds back the database's own cleaning.</remarks>
public sealed class PostgresLogStore : ILogStore
{
    internal const int SeqBits = 40;
    const int PageSize = 1000;

    readonly PostgresDatabase database;

    /// <summary>Opens a database, and brings it to the newest schema.</summary>
    /// <exception cref="HalleyException">HLY5008, HLY5011 to HLY5019: the database cannot be used.</exception>
    public PostgresLogStore(string connectionString)
    {
        database = new(connectionString);
        database.Migrate("postgres-log");
    }

    public ILogSession OpenSession(LogWriter writer) => new PostgresLogSession(database, writer);

    public async IAsyncEnumerable<LogWriter> WritersAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var (_, writer) in await ListAsync(ReadWriter, Writers, cancellation).ConfigureAwait(false))
            yield return writer;
    }

    public async IAsyncEnumerable<ChainedRecord> ChainAsync(Guid writer, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var writers = await ListAsync(ReadWriter, Writers, cancellation).ConfigureAwait(false);
        if (!writers.Any(known => known.Writer.Id == writer))
            yield break;
        var first = writers.First(known => known.Writer.Id == writer).Number << SeqBits;
        var (after, end) = (first, first + (1L << SeqBits));
        var sql =
            $"SELECT {EntryColumns}, place, hash FROM {EntryTables} WHERE place > @after AND place < @end ORDER BY place LIMIT {PageSize}";
        while (true)
        {
            var page = await ListAsync(ReadChained, sql, cancellation, ("@after", after), ("@end", end)).ConfigureAwait(false);
            foreach (var (place, entry, hash) in page)
                yield return new(writer, place - first, entry, hash);
            if (page.Count < PageSize)
                yield break;
            after = page[^1].Place;
        }
    }

    public Task<long> CountAsync(CancellationToken cancellation) =>
        database.ReadAsync(connection => connection.ScalarAsync<long>("SELECT count(*) FROM record", cancellation), cancellation);

    public async Task<long> CountAsync(LogQuery query, CancellationToken cancellation)
    {
        var sql = $"SELECT count(*) FROM {EntryTables} WHERE {Where(query)}";
        var count = await database
            .ReadAsync(
                connection => connection.ScalarAsync<long>(sql, cancellation, Parameters(query, From(query), To(query))),
                cancellation
            )
            .ConfigureAwait(false);
        return Math.Min(query.Limit ?? long.MaxValue, count);
    }

    public async Task<LogEntry?> FindAsync(Guid id, CancellationToken cancellation)
    {
        var sql = $"SELECT {EntryColumns} FROM {EntryTables} WHERE id = @id";
        return (await ListAsync(ReadEntry, sql, cancellation, ("@id", id)).ConfigureAwait(false)).FirstOrDefault();
    }

    public async Task<ClaimHolder?> HolderAsync(string space, string key, CancellationToken cancellation)
    {
        const string Sql = "SELECT record, content FROM claim WHERE space = @space AND key = @key";
        var found = await ListAsync(ReadHolder, Sql, cancellation, ("@space", space), ("@key", KeyHash(key)))
            .ConfigureAwait(false);
        return found.Count == 0 ? null : found[0];
    }

    public async IAsyncEnumerable<LogEntry> AboutAsync(Guid decisionId, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var sql = $"SELECT {EntryColumns} FROM {EntryTables} WHERE subject = @id ORDER BY id";
        foreach (var entry in await ListAsync(ReadEntry, sql, cancellation, ("@id", decisionId)).ConfigureAwait(false))
            yield return entry;
    }

    public async IAsyncEnumerable<LogEntry> ReadAsync(LogQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (after, before) = (From(query), To(query));
        var left = query.Limit ?? int.MaxValue;
        while (left > 0)
        {
            var limit = Math.Min(left, PageSize);
            var sql = $"""
                SELECT {EntryColumns} FROM {EntryTables} WHERE {Where(query)}
                ORDER BY id {(query.Descending ? "DESC" : "ASC")} LIMIT {limit.ToString(CultureInfo.InvariantCulture)}
                """;
            var page = await ListAsync(ReadEntry, sql, cancellation, Parameters(query, after, before)).ConfigureAwait(false);
            foreach (var entry in page)
                yield return entry;
            if (page.Count < limit)
                yield break;
            left -= page.Count;
            if (query.Descending)
                before = page[^1].Id;
            else
                after = page[^1].Id;
        }
    }

    /// <remarks>The old rows are gone from the files with the database's next VACUUM.</remarks>
    public Task EraseAsync(IReadOnlyList<Guid> ids, CancellationToken cancellation) =>
        database.WriteAsync(
            connection =>
                connection.RunAsync(
                    "UPDATE record SET personal = NULL, salt = NULL WHERE id = ANY(@ids)",
                    cancellation,
                    ("@ids", ids.ToArray())
                ),
            cancellation
        );

    public ValueTask DisposeAsync() => database.DisposeAsync();

    /// <summary>A key as the table of keys holds it: of one length, whatever text the caller chose.</summary>
    internal static byte[] KeyHash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    internal static ClaimHolder ReadHolder(DbDataReader row) =>
        new(row.GetGuid(0), ContentHash.FromBytes(row.GetFieldValue<byte[]>(1)));

    const string Writers = "SELECT number, id, started, machine, process FROM writer ORDER BY number";
    const string EntryColumns = "kind, environment, decision, id, subject, body, personal, salt, commitment";
    const string EntryTables = "record JOIN scope ON scope.number = record.scope";

    // No id of version 7 is equal to an end of a window: its version digit is 7, an end's is 0 or F.
    static string Where(LogQuery query) =>
        $"id > @after AND id < @before AND kind IN ({Kinds(query)}) AND environment = coalesce(@environment, environment) AND decision = coalesce(@decision, decision)";

    static (string, object?)[] Parameters(LogQuery query, Guid after, Guid before) =>
        [("@after", after), ("@before", before), ("@environment", query.Environment), ("@decision", query.Decision)];

    static Guid From(LogQuery query) => query.From is { } start ? FirstId(start) : Guid.Empty;

    static Guid To(LogQuery query) => query.To is { } end ? FirstId(end) : Guid.AllBitsSet;

    /// <summary>The milliseconds of an id with nothing behind them: before every id of that millisecond.</summary>
    static Guid FirstId(DateTimeOffset time)
    {
        Span<byte> bytes = stackalloc byte[16];
        Guid.CreateVersion7(time).TryWriteBytes(bytes, bigEndian: true, out _);
        bytes[6..].Clear();
        return new(bytes, bigEndian: true);
    }

    static string Kinds(LogQuery query) =>
        string.Join(", ", query.Kinds.Select(kind => ((int)kind).ToString(CultureInfo.InvariantCulture)));

    static (long Number, LogWriter Writer) ReadWriter(DbDataReader row) =>
        (
            row.GetInt64(0),
            new(
                row.GetGuid(1),
                DateTimeOffset.Parse(row.GetString(2), CultureInfo.InvariantCulture),
                row.GetString(3),
                row.GetInt32(4)
            )
        );

    static (long Place, LogEntry Entry, byte[] Hash) ReadChained(DbDataReader row) =>
        (row.GetInt64(9), ReadEntry(row), row.GetFieldValue<byte[]>(10));

    static LogEntry ReadEntry(DbDataReader row) =>
        new()
        {
            Kind = (RecordKind)row.GetInt16(0),
            Scope = new(row.GetString(1), row.GetString(2)),
            Id = row.GetGuid(3),
            Subject = row.IsDBNull(4) ? Guid.Empty : row.GetGuid(4),
            Body = row.GetFieldValue<byte[]>(5),
            Personal = Bytes(row, 6),
            Salt = Bytes(row, 7),
            Commitment = Bytes(row, 8),
        };

    static byte[]? Bytes(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<byte[]>(column);

    Task<List<T>> ListAsync<T>(
        Func<DbDataReader, T> read,
        string sql,
        CancellationToken cancellation,
        params (string Name, object? Value)[] parameters
    ) => database.ReadAsync(connection => connection.ListAsync(read, sql, cancellation, parameters), cancellation);
}
