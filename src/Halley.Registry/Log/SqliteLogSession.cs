using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Halley.Registry;

/// <summary>A writer's own connection with its prepared statements.</summary>
sealed class SqliteLogSession : ILogSession
{
    readonly SqliteConnection connection;
    readonly string path;
    readonly long firstPlace;
    readonly Dictionary<LogScope, long> scopes = [];
    readonly SqliteCommand insertClaim;
    readonly SqliteCommand insertRecord;
    bool isInDoubt;

    internal SqliteLogSession(string path, LogWriter writer, long maximumPages)
    {
        this.path = path;
        connection = SqliteFile.Open(path);
        try
        {
            if (maximumPages > 0)
                connection.Run($"PRAGMA max_page_count = {maximumPages.ToString(CultureInfo.InvariantCulture)}");
            connection.Run(
                "INSERT INTO writer (id, started, machine, process) VALUES ($id, $started, $machine, $process)",
                ("$id", SqliteLogStore.Bytes(writer.Id)),
                ("$started", writer.Started.ToString("O", CultureInfo.InvariantCulture)),
                ("$machine", writer.Machine),
                ("$process", writer.Process)
            );
            firstPlace =
                connection.Scalar<long>("SELECT number FROM writer WHERE id = $id", ("$id", SqliteLogStore.Bytes(writer.Id)))
                << SqliteLogStore.SeqBits;
        }
        catch (SqliteException inner)
        {
            connection.Dispose();
            throw SqliteFault.Wrap(inner, path);
        }
        Head = ChainHead.Empty(writer.Id);
        insertClaim = Prepare(
            "INSERT INTO claim (space, key, record, content) VALUES ($space, $key, $record, $content) ON CONFLICT DO NOTHING",
            ("$space", SqliteType.Text),
            ("$key", SqliteType.Text),
            ("$record", SqliteType.Blob),
            ("$content", SqliteType.Blob)
        );
        insertRecord = Prepare(
            """
            INSERT INTO record (place, kind, scope, id, subject, body, personal, salt, commitment, hash)
            VALUES ($place, $kind, $scope, $id, $subject, $body, $personal, $salt, $commitment, $hash)
            """,
            ("$place", SqliteType.Integer),
            ("$kind", SqliteType.Integer),
            ("$scope", SqliteType.Integer),
            ("$id", SqliteType.Blob),
            ("$subject", SqliteType.Blob),
            ("$body", SqliteType.Blob),
            ("$personal", SqliteType.Blob),
            ("$salt", SqliteType.Blob),
            ("$commitment", SqliteType.Blob),
            ("$hash", SqliteType.Blob)
        );
    }

    public ChainHead Head { get; private set; }

    public IReadOnlyList<ClaimHolder?> Append(IReadOnlyList<LogEntry> entries)
    {
        try
        {
            using var transaction = connection.BeginTransaction(deferred: false);
            (insertClaim.Transaction, insertRecord.Transaction) = (transaction, transaction);
            var head = isInDoubt ? DurableHead() : Head;
            isInDoubt = true;
            var holders = new ClaimHolder?[entries.Count];
            for (var i = 0; i < entries.Count; i++)
            {
                holders[i] = HolderOf(entries[i]);
                if (holders[i] is null)
                    head = Insert(head.Append(entries[i]));
            }
            transaction.Commit();
            (Head, isInDoubt) = (head, false);
            return holders;
        }
        catch (Exception fault)
        {
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
        insertClaim.Dispose();
        insertRecord.Dispose();
        connection.Dispose();
    }

    /// <summary>Takes the entry's key for it; the holder where another record has the key.</summary>
    ClaimHolder? HolderOf(LogEntry entry)
    {
        if (entry.Claim is not { } claim)
            return null;
        var values = insertClaim.Parameters;
        values[0].Value = claim.Space;
        values[1].Value = claim.Key;
        values[2].Value = SqliteLogStore.Bytes(entry.Id);
        values[3].Value = claim.Content.ToBytes();
        return insertClaim.ExecuteNonQuery() == 1 ? null : SqliteClaims.Holder(connection, claim.Space, claim.Key);
    }

    ChainHead Insert(ChainedRecord record)
    {
        var entry = record.Entry;
        var values = insertRecord.Parameters;
        values[0].Value = firstPlace + record.Seq;
        values[1].Value = (int)entry.Kind;
        values[2].Value = ScopeNumber(entry.Scope);
        values[3].Value = SqliteLogStore.Bytes(entry.Id);
        values[4].Value = entry.Subject == Guid.Empty ? DBNull.Value : SqliteLogStore.Bytes(entry.Subject);
        values[5].Value = entry.Body;
        values[6].Value = entry.Personal ?? (object)DBNull.Value;
        values[7].Value = entry.Salt ?? (object)DBNull.Value;
        values[8].Value = entry.Commitment ?? (object)DBNull.Value;
        values[9].Value = record.Hash;
        insertRecord.ExecuteNonQuery();
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

    SqliteCommand Prepare(string sql, params ReadOnlySpan<(string Name, SqliteType Type)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, type) in parameters)
            command.Parameters.Add(name, type);
        return command;
    }
}
