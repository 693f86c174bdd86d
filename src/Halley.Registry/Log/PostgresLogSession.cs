using System.Globalization;
using Halley.Data;
using Npgsql;
using NpgsqlTypes;

namespace Halley.Registry;

/// <summary>A writer's own connection. After a fault it is dropped, and the next append opens another.</summary>
/// <remarks>
/// A connection that breaks during a commit leaves the end unknown, and the database may still be at work on it. The next
/// connection therefore ends what is left of the one before, waits until it is gone, and asks the table for the chain's
/// end. The primary key on places is the second guard: no two transactions can both append record n.
/// </remarks>
sealed class PostgresLogSession : ILogSession
{
    readonly PostgresDatabase database;
    readonly NpgsqlDataSource source;
    readonly LogWriter writer;
    readonly Dictionary<LogScope, long> scopes = [];
    NpgsqlConnection? connection;
    long firstPlace;
    bool isInDoubt;

    /// <exception cref="HalleyException">HLY5011 to HLY5016: the database cannot be reached or written.</exception>
    internal PostgresLogSession(PostgresDatabase database, LogWriter writer)
    {
        (this.database, this.writer) = (database, writer);
        source = database.Alone($"halley writer {writer.Id}");
        Head = ChainHead.Empty(writer.Id);
        try
        {
            connection = Connect();
        }
        catch (Exception inner) when (PostgresDatabase.IsDatabase(inner))
        {
            source.Dispose();
            throw PostgresFault.Wrap(inner, database.Place);
        }
    }

    public ChainHead Head { get; private set; }

    public IReadOnlyList<ClaimHolder?> Append(IReadOnlyList<LogEntry> entries)
    {
        // A connection that stood idle may have died since: its first fault before a commit is no news, a second one is.
        if (connection is not null && TryAppend(entries, isLast: false) is { } done)
            return done;
        return TryAppend(entries, isLast: true)!;
    }

    /// <summary>Appends, or returns null where nothing was done and another attempt makes sense.</summary>
    ClaimHolder?[]? TryAppend(IReadOnlyList<LogEntry> entries, bool isLast)
    {
        var isCommitting = false;
        try
        {
            var open = connection ??= Connect();
            foreach (var entry in entries)
                AddScope(open, entry.Scope);
            using var transaction = open.BeginTransaction();
            var head = isInDoubt ? DurableHead(open) : Head;
            var holders = PostgresClaims.Take(open, entries);
            var records = new List<ChainedRecord>(entries.Count);
            for (var i = 0; i < entries.Count; i++)
            {
                if (holders[i] is not null)
                    continue;
                records.Add(head.Append(entries[i]));
                head = ChainHead.After(records[^1]);
            }
            Insert(open, records);
            isInDoubt = isCommitting = true;
            transaction.Commit();
            (Head, isInDoubt) = (head, false);
            return holders;
        }
        catch (Exception fault)
        {
            Drop();
            if (!PostgresDatabase.IsDatabase(fault))
                throw;
            if (isCommitting && PostgresDatabase.IsUnknown(fault))
                throw PostgresFault.InDoubt(fault, database.Place);
            if (!isLast && PostgresFault.IsGone(fault) && fault.InnerException is not TimeoutException)
                return null;
            throw PostgresFault.Wrap(fault, database.Place);
        }
    }

    public void Dispose()
    {
        Drop();
        source.Dispose();
    }

    /// <summary>Opens a connection that is this writer's only one, and makes the writer known where it is not.</summary>
    NpgsqlConnection Connect()
    {
        var open = source.OpenConnection();
        try
        {
            open.Run(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1 AND pid <> pg_backend_pid()",
                $"halley writer {writer.Id}"
            );
            open.Run(
                "INSERT INTO writer (id, started, machine, process) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING",
                writer.Id,
                writer.Started.ToString("O", CultureInfo.InvariantCulture),
                writer.Machine,
                writer.Process
            );
            var number = open.Scalar<long>("SELECT number FROM writer WHERE id = $1", writer.Id);
            // Held until the session ends, also by the database's own half of a connection that broke.
            open.Run("SELECT pg_advisory_lock($1, $2)", LockSpace, (int)number);
            firstPlace = number << PostgresLogStore.SeqBits;
            return open;
        }
        catch
        {
            open.Dispose();
            throw;
        }
    }

    // The first half of this database's advisory locks for writers: "halw" in ASCII.
    const int LockSpace = 0x68616C77;

    void Drop()
    {
        connection?.Dispose();
        connection = null;
    }

    /// <summary>Scopes are added outside the transaction: they may stay, and two writers that add several cannot block each other.</summary>
    void AddScope(NpgsqlConnection open, LogScope scope)
    {
        if (scopes.ContainsKey(scope))
            return;
        open.Run(
            "INSERT INTO scope (environment, decision) VALUES ($1, $2) ON CONFLICT DO NOTHING",
            scope.Environment,
            scope.Decision
        );
        scopes.Add(
            scope,
            open.Scalar<long>(
                "SELECT number FROM scope WHERE environment = $1 AND decision = $2",
                scope.Environment,
                scope.Decision
            )
        );
    }

    void Insert(NpgsqlConnection open, List<ChainedRecord> records)
    {
        if (records.Count == 0)
            return;
        using var import = open.BeginBinaryImport(
            "COPY record (place, kind, scope, id, subject, body, personal, salt, commitment, hash) FROM STDIN (FORMAT BINARY)"
        );
        foreach (var record in records)
        {
            var entry = record.Entry;
            import.StartRow();
            import.Write(firstPlace + record.Seq, NpgsqlDbType.Bigint);
            import.Write((short)entry.Kind, NpgsqlDbType.Smallint);
            import.Write(scopes[entry.Scope], NpgsqlDbType.Bigint);
            import.Write(entry.Id, NpgsqlDbType.Uuid);
            if (entry.Subject == Guid.Empty)
                import.WriteNull();
            else
                import.Write(entry.Subject, NpgsqlDbType.Uuid);
            Write(import, entry.Body);
            Write(import, entry.Personal);
            Write(import, entry.Salt);
            Write(import, entry.Commitment);
            Write(import, record.Hash);
        }
        import.Complete();
    }

    static void Write(NpgsqlBinaryImporter import, byte[]? bytes)
    {
        if (bytes is null)
            import.WriteNull();
        else
            import.Write(bytes, NpgsqlDbType.Bytea);
    }

    /// <summary>The last record that the table holds. After a failed commit only the table knows whether it took effect.</summary>
    ChainHead DurableHead(NpgsqlConnection open)
    {
        using var command = open.Command(
            "SELECT place, hash FROM record WHERE place > $1 AND place < $2 ORDER BY place DESC LIMIT 1",
            firstPlace,
            firstPlace + (1L << PostgresLogStore.SeqBits)
        );
        using var row = command.ExecuteReader();
        return row.Read()
            ? new(writer.Id, row.GetInt64(0) - firstPlace, row.GetFieldValue<byte[]>(1))
            : ChainHead.Empty(writer.Id);
    }
}
