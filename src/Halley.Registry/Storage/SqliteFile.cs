using Halley.Data;
using Microsoft.Data.Sqlite;

namespace Halley.Registry;

/// <summary>Opens a database file with the settings on which durability rests, and brings it to the newest schema.</summary>
static class SqliteFile
{
    /// <summary>How long a call waits for another process's transaction before it gives up.</summary>
    internal static readonly TimeSpan BusyTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Opens or creates a file in WAL mode, each commit flushed to the disk before it returns.</summary>
    /// <param name="pooled">Whether closing hands the handle back to a pool (for short reads).</param>
    /// <exception cref="HalleyException">HLY5002 to HLY5007.</exception>
    internal static SqliteConnection Open(string path, bool pooled = false)
    {
        var connection = Connection(path, pooled);
        try
        {
            connection.Open();
            connection.Run($"PRAGMA busy_timeout = {BusyTimeout.TotalMilliseconds:0}");
            var mode = connection.Scalar<string>("PRAGMA journal_mode = WAL");
            if (mode != "wal")
                throw NoWal(path, mode);
            // In WAL mode NORMAL would let a power cut take acknowledged commits with it.
            connection.Run("PRAGMA synchronous = FULL");
            connection.Run("PRAGMA wal_autocheckpoint = 4000");
            return connection;
        }
        catch (SqliteException inner)
        {
            connection.Dispose();
            throw SqliteFault.Wrap(inner, path);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Closes the pooled handles of a file; touches the file itself no more than closing does, so that it never fails.</summary>
    internal static void ClearPool(string path)
    {
        using var connection = Connection(path, pooled: true);
        SqliteConnection.ClearPool(connection);
    }

    static SqliteConnection Connection(string path, bool pooled) =>
        new(
            new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Mode = SqliteOpenMode.ReadWriteCreate,
                Pooling = pooled,
            }.ConnectionString
        );

    /// <summary>Applies the migrations that the file lacks, all in one transaction, and makes a new file's name durable.</summary>
    /// <exception cref="HalleyException">HLY5008: the file was written by a newer version of Halley.</exception>
    internal static void Migrate(SqliteConnection connection, string set)
    {
        var steps = MigrationStep.Load(set);
        var path = connection.DataSource;
        try
        {
            using (var transaction = connection.BeginTransaction(deferred: false))
            {
                var version = connection.Scalar<long>("PRAGMA user_version");
                if (version > steps.Count)
                    throw TooNew(path, version, steps.Count);
                foreach (var step in steps.Skip((int)version))
                    connection.Run(step.Sql);
                connection.Run($"PRAGMA user_version = {steps.Count}");
                transaction.Commit();
            }
            DurableFile.SyncFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch (SqliteException inner)
        {
            throw SqliteFault.Wrap(inner, path);
        }
    }

    static HalleyException NoWal(string path, string? mode) =>
        new(
            "HLY5007",
            $"'{path}' cannot keep a write-ahead log (its journal mode is '{mode}'). Put the store on a local disk, not on a network share.",
            FaultKind.Environment
        );

    static HalleyException TooNew(string path, long version, int known) =>
        new(
            "HLY5008",
            $"'{path}' has schema {version}, this version of Halley knows {known}. Use the Halley that wrote it, or a newer one.",
            FaultKind.Environment
        );
}
