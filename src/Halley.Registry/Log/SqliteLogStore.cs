using System.Globalization;
using System.Runtime.CompilerServices;
using Halley.Data;
using Microsoft.Data.Sqlite;

namespace Halley.Registry;

/// <summary>The decision log in one SQLite file.</summary>
/// <remarks>
/// Reads never wait for the writer. Long reads go page by page, each page a short transaction: one long transaction
/// would keep the write-ahead log from being emptied, and it would grow without bound under load.
/// </remarks>
public sealed class SqliteLogStore : ILogStore
{
    internal const int SeqBits = 40;
    const int PageSize = 1000;

    readonly string path;

    /// <exception cref="HalleyException">HLY5002 to HLY5008: the file cannot be opened or used.</exception>
    public SqliteLogStore(string path)
    {
        this.path = path;
        DurableFile.CreateFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        using var connection = SqliteFile.Open(path);
        SqliteFile.Migrate(connection, "log");
    }

    /// <summary>Pages that the file may have; 0 for no limit. For tests of a full disk.</summary>
    internal long MaximumPages { get; init; }

    public ILogSession OpenSession(LogWriter writer) => new SqliteLogSession(path, writer, MaximumPages);

    public async IAsyncEnumerable<LogWriter> WritersAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var (_, writer) in await Query(ListWriters, cancellation).ConfigureAwait(false))
            yield return writer;
    }

    public async IAsyncEnumerable<ChainedRecord> ChainAsync(Guid writer, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var writers = await Query(ListWriters, cancellation).ConfigureAwait(false);
        if (!writers.Any(known => known.Writer.Id == writer))
            yield break;
        var first = writers.First(known => known.Writer.Id == writer).Number << SeqBits;
        var (after, end) = (first, first + (1L << SeqBits));
        var sql =
            $"SELECT {EntryColumns}, place, hash FROM {EntryTables} WHERE place > $after AND place < $end ORDER BY place LIMIT {PageSize}";
        while (true)
        {
            var page = await Query(
                    connection => connection.List(ReadChained, sql, ("$after", after), ("$end", end)),
                    cancellation
                )
                .ConfigureAwait(false);
            foreach (var (place, entry, hash) in page)
                yield return new(writer, place - first, entry, hash);
            if (page.Count < PageSize)
                yield break;
            after = page[^1].Place;
        }
    }

    public Task<long> CountAsync(CancellationToken cancellation) =>
        Query(connection => connection.Scalar<long>("SELECT count(*) FROM record"), cancellation);

    public Task<long> CountAsync(LogQuery query, CancellationToken cancellation) =>
        Query(
            connection =>
                Math.Min(
                    query.Limit ?? long.MaxValue,
                    connection.Scalar<long>(
                        $"SELECT count(*) FROM {EntryTables} WHERE {Where(query)}",
                        ("$from", From(query)),
                        ("$to", To(query)),
                        ("$environment", query.Environment),
                        ("$decision", query.Decision)
                    )
                ),
            cancellation
        );

    public Task<LogEntry?> FindAsync(Guid id, CancellationToken cancellation) =>
        Query(
            connection =>
                connection
                    .List(ReadEntry, $"SELECT {EntryColumns} FROM {EntryTables} WHERE id = $id", ("$id", Bytes(id)))
                    .FirstOrDefault(),
            cancellation
        );

    public Task<ClaimHolder?> HolderAsync(string space, string key, CancellationToken cancellation) =>
        Query(connection => SqliteClaims.Holder(connection, space, key), cancellation);

    public async IAsyncEnumerable<LogEntry> AboutAsync(Guid decisionId, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var sql = $"SELECT {EntryColumns} FROM {EntryTables} WHERE subject = $id ORDER BY id";
        var entries = await Query(connection => connection.List(ReadEntry, sql, ("$id", Bytes(decisionId))), cancellation)
            .ConfigureAwait(false);
        foreach (var entry in entries)
            yield return entry;
    }

    public async IAsyncEnumerable<LogEntry> ReadAsync(LogQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (from, to) = (From(query), To(query));
        var left = query.Limit ?? int.MaxValue;
        var sql = $"""
            SELECT {EntryColumns} FROM {EntryTables}
            WHERE {Where(query)}
            ORDER BY id {(query.Descending ? "DESC" : "ASC")} LIMIT $limit
            """;
        while (left > 0)
        {
            var limit = Math.Min(left, PageSize);
            var page = await Query(
                    connection =>
                        connection.List(
                            ReadEntry,
                            sql,
                            ("$from", from),
                            ("$to", to),
                            ("$environment", query.Environment),
                            ("$decision", query.Decision),
                            ("$limit", limit)
                        ),
                    cancellation
                )
                .ConfigureAwait(false);
            foreach (var entry in page)
                yield return entry;
            if (page.Count < limit)
                yield break;
            left -= page.Count;
            var last = Bytes(page[^1].Id);
            if (query.Descending)
                to = last;
            else
                from = [.. last, 0];
        }
    }

    public Task EraseAsync(IReadOnlyList<Guid> ids, CancellationToken cancellation) =>
        Query(
            connection =>
            {
                // Freed bytes are overwritten, and the write-ahead log, which still holds them, is emptied.
                connection.Run("PRAGMA secure_delete = ON");
                using (var transaction = connection.BeginTransaction(deferred: false))
                {
                    foreach (var id in ids)
                        connection.Run("UPDATE record SET personal = NULL, salt = NULL WHERE id = $id", ("$id", Bytes(id)));
                    transaction.Commit();
                }
                return connection.List(row => row.GetInt64(0), "PRAGMA wal_checkpoint(TRUNCATE)").Count;
            },
            cancellation
        );

    public ValueTask DisposeAsync()
    {
        SqliteFile.ClearPool(path);
        return ValueTask.CompletedTask;
    }

    internal static byte[] Bytes(Guid id) => id.ToByteArray(bigEndian: true);

    const string EntryColumns = "kind, environment, decision, id, subject, body, personal, salt, commitment";
    const string EntryTables = "record JOIN scope ON scope.number = record.scope";

    static string Where(LogQuery query) =>
        $"id >= $from AND id < $to AND kind IN ({Kinds(query)}) AND environment = coalesce($environment, environment) AND decision = coalesce($decision, decision)";

    static byte[] From(LogQuery query) => query.From is { } start ? FirstId(start) : Bytes(Guid.Empty);

    static byte[] To(LogQuery query) => query.To is { } end ? FirstId(end) : Bytes(Guid.AllBitsSet);

    // Blobs compare byte by byte and a shorter one comes first: an id with a byte more lies just behind that id.
    static byte[] FirstId(DateTimeOffset time)
    {
        var id = Bytes(Guid.CreateVersion7(time));
        return id[..6];
    }

    static string Kinds(LogQuery query) =>
        string.Join(", ", query.Kinds.Select(kind => ((int)kind).ToString(CultureInfo.InvariantCulture)));

    static List<(long Number, LogWriter Writer)> ListWriters(SqliteConnection connection) =>
        connection.List(
            row =>
                (
                    row.GetInt64(0),
                    new LogWriter(
                        new Guid(row.GetFieldValue<byte[]>(1), bigEndian: true),
                        DateTimeOffset.Parse(row.GetString(2), CultureInfo.InvariantCulture),
                        row.GetString(3),
                        row.GetInt32(4)
                    )
                ),
            "SELECT number, id, started, machine, process FROM writer ORDER BY number"
        );

    static (long Place, LogEntry Entry, byte[] Hash) ReadChained(SqliteDataReader row) =>
        (row.GetInt64(9), ReadEntry(row), row.GetFieldValue<byte[]>(10));

    static LogEntry ReadEntry(SqliteDataReader row) =>
        new()
        {
            Kind = (RecordKind)row.GetInt32(0),
            Scope = new(row.GetString(1), row.GetString(2)),
            Id = new(row.GetFieldValue<byte[]>(3), bigEndian: true),
            Subject = row.IsDBNull(4) ? Guid.Empty : new(row.GetFieldValue<byte[]>(4), bigEndian: true),
            Body = row.GetFieldValue<byte[]>(5),
            Personal = row.IsDBNull(6) ? null : row.GetFieldValue<byte[]>(6),
            Salt = row.IsDBNull(7) ? null : row.GetFieldValue<byte[]>(7),
            Commitment = row.IsDBNull(8) ? null : row.GetFieldValue<byte[]>(8),
        };

    Task<T> Query<T>(Func<SqliteConnection, T> work, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            using var connection = SqliteFile.Open(path, pooled: true);
            return Task.FromResult(work(connection));
        }
        catch (SqliteException inner)
        {
            throw SqliteFault.Wrap(inner, path);
        }
    }
}
