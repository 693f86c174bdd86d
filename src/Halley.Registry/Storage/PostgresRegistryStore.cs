using System.Data.Common;
using Halley.Data;

namespace Halley.Registry;

/// <summary>The registry's records in a PostgreSQL database. Any number of processes may use one.</summary>
public sealed class PostgresRegistryStore : SqlRegistryStore
{
    readonly PostgresDatabase database;

    /// <summary>Opens a database, and brings it to the newest schema.</summary>
    /// <exception cref="HalleyException">HLY5008, HLY5011 to HLY5019: the database cannot be used.</exception>
    public PostgresRegistryStore(string connectionString)
    {
        database = new(connectionString);
        database.Migrate("postgres-registry");
    }

    public override ValueTask DisposeAsync() => database.DisposeAsync();

    private protected override Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellation) =>
        database.ReadAsync(work, cancellation);

    private protected override Task<T> WriteAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellation) =>
        database.WriteAsync(work, cancellation);
}
