namespace Halley.Registry.Tests;

public sealed class SqliteLogStoreTests : LogStoreContract
{
    private protected override ILogStore Open(TemporaryFolder folder) => new SqliteLogStore(folder.At("log.db"));
}
