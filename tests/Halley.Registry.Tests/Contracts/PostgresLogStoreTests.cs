namespace Halley.Registry.Tests;

public sealed class PostgresLogStoreTests(PostgresDatabases databases) : LogStoreContract
{
    private protected override ILogStore Open(TemporaryFolder folder) => new PostgresLogStore(databases.Of(folder));
}
