using System.Data.Common;
using Halley.Data;
using Microsoft.Data.Sqlite;

namespace Halley.Registry;

/// <summary>The registry's records in one SQLite file.</summary>
/// <remarks>Calls of one instance run one after the other; several processes take turns by SQLite's own lock.</remarks>
public sealed class SqliteRegistryStore : SqlRegistryStore
{
    readonly SemaphoreSlim gate = new(1);
    readonly SqliteConnection connection;
    readonly string path;

    /// <exception cref="HalleyException">HLY5002 to HLY5008: the file cannot be opened or used.</exception>
    public SqliteRegistryStore(string path)
    {
        this.path = path;
        DurableFile.CreateFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        connection = SqliteFile.Open(path);
        try
        {
            SqliteFile.Migrate(connection, "registry");
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public override async ValueTask DisposeAsync()
    {
        // Safe to call twice; the gate holds nothing that needs an end.
        await gate.WaitAsync().ConfigureAwait(false);
        connection.Dispose();
        gate.Release();
    }

    private protected override Task<T> WriteAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellation) =>
        ReadAsync(
            async database =>
            {
                // Immediate: two writers wait for each other at the start and not with a half-done transaction.
                using var transaction = connection.BeginTransaction(deferred: false);
                var result = await work(database).ConfigureAwait(false);
                transaction.Commit();
                return result;
            },
            cancellation
        );

    private protected override async Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await work(connection).ConfigureAwait(false);
        }
        catch (SqliteException inner)
        {
            throw SqliteFault.Wrap(inner, path);
        }
        finally
        {
            gate.Release();
        }
    }
}
