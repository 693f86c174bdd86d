[assembly: AssemblyFixture(typeof(Halley.Registry.Tests.PostgresDatabases))]

namespace Halley.Registry.Tests;

/// <summary>One server for all tests of this assembly, and a database for each test that asks.</summary>
public sealed class PostgresDatabases : IDisposable
{
    readonly Lock gate = new();
    readonly Dictionary<string, string> databases = [];
    PostgresServer? server;

    internal PostgresServer Server
    {
        get
        {
            lock (gate)
                return server ??= PostgresServer.StartNew();
        }
    }

    /// <summary>The connection string of a test's database, the same one at each call.</summary>
    internal string Of(TemporaryFolder folder)
    {
        lock (gate)
        {
            if (!databases.TryGetValue(folder.Path, out var database))
                databases.Add(folder.Path, database = Server.NewDatabase());
            return database;
        }
    }

    public void Dispose() => server?.Dispose();
}
