using System.Data.Common;
using System.Net.Sockets;
using Halley.Data;
using Npgsql;

namespace Halley.Registry;

/// <summary>A PostgreSQL database by its connection string, with the settings on which durability rests.</summary>
sealed class PostgresDatabase : IAsyncDisposable
{
    /// <summary>How long a statement may take, unless the connection string says otherwise: a hanging database is told within it.</summary>
    static readonly TimeSpan StatementTimeout = TimeSpan.FromSeconds(10);
    static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    // An advisory lock of the whole database: "halley" in ASCII.
    const long WriteLock = 0x68616C6C6579;

    readonly NpgsqlDataSource source;
    readonly string connectionString;

    /// <exception cref="HalleyException">HLY5019: the connection string cannot be read.</exception>
    internal PostgresDatabase(string connectionString)
    {
        var settings = Settings(connectionString);
        Place = $"{settings.Host}:{settings.Port}/{settings.Database}";
        this.connectionString = settings.ConnectionString;
        source = Source(settings);
    }

    /// <summary>Host, port and database, for messages.</summary>
    internal string Place { get; }

    internal async Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellation)
    {
        for (var isLast = false; ; isLast = true)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(cancellation).ConfigureAwait(false);
                return await work(connection).ConfigureAwait(false);
            }
            catch (Exception inner) when (IsDatabase(inner))
            {
                if (isLast || !ForgetDead(inner))
                    throw PostgresFault.Wrap(inner, Place);
            }
        }
    }

    /// <summary>Runs work as one transaction that no other writer of the registry overlaps.</summary>
    /// <param name="work">May run a second time, where the first did nothing.</param>
    internal async Task<T> WriteAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellation)
    {
        for (var isLast = false; ; isLast = true)
        {
            var isCommitting = false;
            try
            {
                await using var connection = await source.OpenConnectionAsync(cancellation).ConfigureAwait(false);
                await using var transaction = await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
                await LockAsync(connection, cancellation).ConfigureAwait(false);
                var result = await work(connection).ConfigureAwait(false);
                isCommitting = true;
                // From here on the caller's impatience must not leave the end unknown.
                await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
                return result;
            }
            catch (Exception inner) when (IsDatabase(inner))
            {
                if (isCommitting && IsUnknown(inner))
                    throw PostgresFault.InDoubt(inner, Place);
                if (isLast || !ForgetDead(inner))
                    throw PostgresFault.Wrap(inner, Place);
            }
        }
    }

    /// <summary>Whether a connection of the pool was dead, which a restart of the database leaves behind: all idle ones are dropped then.</summary>
    bool ForgetDead(Exception fault)
    {
        if (!PostgresFault.IsGone(fault) || fault.InnerException is TimeoutException)
            return false;
        source.Clear();
        return true;
    }

    /// <summary>Makes connections outside the pool, which the database shows under a name.</summary>
    internal NpgsqlDataSource Alone(string name) => Source(new(connectionString) { ApplicationName = name, Pooling = false });

    /// <summary>Applies the migrations that the database lacks, all in one transaction.</summary>
    /// <param name="set">Folder of the numbered files.</param>
    /// <exception cref="HalleyException">HLY5008: a newer Halley wrote it; HLY5017: it does not flush its commits; HLY5011 to HLY5016.</exception>
    internal void Migrate(string set)
    {
        try
        {
            using var connection = source.OpenConnection();
            using var transaction = connection.BeginTransaction();
            connection.Run("SELECT pg_advisory_xact_lock($1)", WriteLock);
            if (connection.Scalar<string>("SHOW fsync") == "off")
                throw PostgresFault.NotDurable(Place);
            connection.Run("CREATE TABLE IF NOT EXISTS halley_schema (part text PRIMARY KEY, version bigint NOT NULL)");
            var steps = MigrationStep.Load(set);
            var version = connection.Scalar<long>("SELECT version FROM halley_schema WHERE part = $1", set);
            if (version > steps.Count)
                throw TooNew(version, steps.Count);
            foreach (var step in steps.Skip((int)version))
                connection.Run(step.Sql);
            connection.Run(
                "INSERT INTO halley_schema VALUES ($1, $2) ON CONFLICT (part) DO UPDATE SET version = excluded.version",
                set,
                (long)steps.Count
            );
            transaction.Commit();
        }
        catch (Exception inner) when (IsDatabase(inner))
        {
            throw PostgresFault.Wrap(inner, Place);
        }
    }

    /// <summary>Whether an exception comes from the database or the way to it.</summary>
    internal static bool IsDatabase(Exception fault) =>
        fault is NpgsqlException or SocketException or TimeoutException or IOException;

    /// <summary>Whether the commit may have taken effect: anything but the server's own refusal of it.</summary>
    internal static bool IsUnknown(Exception fault) =>
        fault is not PostgresException { SqlState: var state } || state.StartsWith("57P", StringComparison.Ordinal);

    public ValueTask DisposeAsync() => source.DisposeAsync();

    static Task<int> LockAsync(DbConnection connection, CancellationToken cancellation) =>
        connection.RunAsync("SELECT pg_advisory_xact_lock(@key)", cancellation, ("@key", WriteLock));

    static NpgsqlConnectionStringBuilder Settings(string connectionString)
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(connectionString);
            if (string.IsNullOrEmpty(settings.Host))
                throw new ArgumentException("it names no Host");
            settings.Database ??= settings.Username;
            if (!settings.ContainsKey("Command Timeout") || settings.CommandTimeout == 30)
                settings.CommandTimeout = (int)StatementTimeout.TotalSeconds;
            if (settings.Timeout == 15)
                settings.Timeout = (int)ConnectTimeout.TotalSeconds;
            // Nothing here changes a session's state, so there is nothing to reset, and its settings stay.
            settings.NoResetOnClose = true;
            settings.ApplicationName ??= "halley";
            return settings;
        }
        catch (Exception inner) when (inner is ArgumentException or FormatException or KeyNotFoundException)
        {
            throw new HalleyException(
                "HLY5019",
                $"the connection string of the database can't be read: {inner.Message}. Write 'Host=…;Database=…;Username=…;Password=…'.",
                FaultKind.BadInput,
                inner
            );
        }
    }

    static NpgsqlDataSource Source(NpgsqlConnectionStringBuilder settings)
    {
        // The slim builder: what it leaves out needs a compiler at run time.
        var builder = new NpgsqlSlimDataSourceBuilder(settings.ConnectionString);
        builder.EnableTransportSecurity();
        builder.EnableArrays();
        builder.UsePhysicalConnectionInitializer(
            connection =>
            {
                using var command = Durable(connection);
                command.ExecuteNonQuery();
            },
            async connection =>
            {
                await using var command = Durable(connection);
                await command.ExecuteNonQueryAsync().ConfigureAwait(false);
            }
        );
        return builder.Build();
    }

    /// <summary>A stronger setting of the server's stays; one that answers before the flush does not.</summary>
    static NpgsqlCommand Durable(NpgsqlConnection connection) =>
        new(
            "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'",
            connection
        );

    HalleyException TooNew(long version, int known) =>
        new(
            "HLY5008",
            $"the database at {Place} has schema {version}, this version of Halley knows {known}. Use the Halley that wrote it, or a newer one.",
            FaultKind.Environment
        );
}
