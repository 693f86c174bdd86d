using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Halley.Registry;

/// <summary>A writer's own connection with its prepared statements.</summary>
sealed class SqliteLogSession : ILogSession
{
    readonly SqliteConnection connection;
    readonly string path;
    readonly long firstPlace;
    readonly Dictionary<LogScope, long> scopes = [];
    readonly SqliteStatement begin;
    readonly SqliteStatement commit;
    readonly SqliteStatement insertClaim;
    readonly SqliteStatement insertRecord;
    bool isInDoubt;

    internal SqliteLogSession(string path, LogWriter writer, long maximumPages)
    {
        this.path = path;
        Head = ChainHead.Empty(writer.Id);
        connection = SqliteFile.Open(path);
        try
        {
            if (maximumPages > 0)
                connection.Run($"PRAGMA max_page_count = {maximumPages.ToString(CultureInfo.InvariantCulture)}");
            firstPlace = Register(writer) << SqliteLogStore.SeqBits;
            begin = new(connection, "BEGIN IMMEDIATE");
            commit = new(connection, "COMMIT");
            insertClaim = new(
                connection,
                "INSERT INTO claim (space, key, record, content) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
            );
            insertRecord = new(
                connection,
                """
                INSERT INTO record (place, kind, scope, id, subject, body, personal, salt, commitment, hash)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
            );
        }
        catch (SqliteException inner)
        {
            connection.Dispose();
            throw SqliteFault.Wrap(inner, path);
        }
    }

    public ChainHead Head { get; private set; }

    public IReadOnlyList<ClaimHolder?> Append(IReadOnlyList<LogEntry> entries)
    {
        try
        {
            begin.Run();
            var head = isInDoubt ? DurableHead() : Head;
            isInDoubt = true;
            var holders = new ClaimHolder?[entries.Count];
            for (var i = 0; i < entries.Count; i++)
            {
                holders[i] = HolderOf(entries[i]);
                if (holders[i] is null)
                    head = Insert(head.Append(entries[i]));
            }
            commit.Run();
            (Head, isInDoubt) = (head, false);
            return holders;
        }
        catch (Exception fault)
        {
            // SQLite itself has rolled back after some errors, a full disk among them.
            if (raw.sqlite3_get_autocommit(connection.Handle) == 0)
                connection.Run("ROLLBACK");
            // Numbers of scopes that the failed transaction added are gone with it.
            scopes.Clear();
            if (fault is SqliteException inner)
                throw SqliteFault.Wrap(inner, path);
            throw;
        }
    }

    /// <summary>Ends a limit given at the start, as if the disk had space again. For tests of a full disk.</summary>
    internal void LiftPageLimit() => connection.Run("PRAGMA max_page_count = 4294967294");

    public void Dispose()
    {
        foreach (var statement in new[] { begin, commit, insertClaim, insertRecord })
            statement.Dispose();
        connection.Dispose();
    }

    long Register(LogWriter writer)
    {
        connection.Run(
            "INSERT INTO writer (id, started, machine, process) VALUES ($id, $started, $machine, $process)",
            ("$id", SqliteLogStore.Bytes(writer.Id)),
            ("$started", writer.Started.ToString("O", CultureInfo.InvariantCulture)),
            ("$machine", writer.Machine),
            ("$process", writer.Process)
        );
        return connection.Scalar<long>("SELECT number FROM writer WHERE id = $id", ("$id", SqliteLogStore.Bytes(writer.Id)));
    }

    /// <summary>Takes the entry's key for it; the holder where another record has the key.</summary>
    ClaimHolder? HolderOf(LogEntry entry)
    {
        if (entry.Claim is not { } claim)
            return null;
        insertClaim.Bind(1, claim.Space);
        insertClaim.Bind(2, claim.Key);
        insertClaim.Bind(3, entry.Id);
        insertClaim.Bind(4, claim.Content.ToBytes());
        return insertClaim.Run() == 1 ? null : SqliteClaims.Holder(connection, claim.Space, claim.Key);
    }

    ChainHead Insert(ChainedRecord record)
    {
        var entry = record.Entry;
        insertRecord.Bind(1, firstPlace + record.Seq);
        insertRecord.Bind(2, (int)entry.Kind);
        insertRecord.Bind(3, ScopeNumber(entry.Scope));
        insertRecord.Bind(4, entry.Id);
        if (entry.Subject == Guid.Empty)
            insertRecord.Bind(5, (byte[]?)null);
        else
            insertRecord.Bind(5, entry.Subject);
        insertRecord.Bind(6, entry.Body);
        insertRecord.Bind(7, entry.Personal);
        insertRecord.Bind(8, entry.Salt);
        insertRecord.Bind(9, entry.Commitment);
        insertRecord.Bind(10, record.Hash);
        insertRecord.Run();
        return ChainHead.After(record);
    }

    long ScopeNumber(LogScope scope)
    {
        if (scopes.TryGetValue(scope, out var number))
            return number;
        connection.Run(
            "INSERT INTO scope (environment, decision) VALUES ($environment, $decision) ON CONFLICT DO NOTHING",
            ("$environment", scope.Environment),
            ("$decision", scope.Decision)
        );
        number = connection.Scalar<long>(
            "SELECT number FROM scope WHERE environment = $environment AND decision = $decision",
            ("$environment", scope.Environment),
            ("$decision", scope.Decision)
        );
        scopes.Add(scope, number);
        return number;
    }

    /// <summary>The last record that the file holds. After a failed commit only the file knows whether it took effect.</summary>
    ChainHead DurableHead() =>
        connection
            .List(
                row => new ChainHead(Head.Writer, row.GetInt64(0) - firstPlace, row.GetFieldValue<byte[]>(1)),
                "SELECT place, hash FROM record WHERE place > $first AND place < $end ORDER BY place DESC LIMIT 1",
                ("$first", firstPlace),
                ("$end", firstPlace + (1L << SqliteLogStore.SeqBits))
            )
            .FirstOrDefault()
        ?? ChainHead.Empty(Head.Writer);
}
