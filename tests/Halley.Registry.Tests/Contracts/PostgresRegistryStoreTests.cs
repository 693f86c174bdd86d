using Npgsql;

namespace Halley.Registry.Tests;

public sealed class PostgresRegistryStoreTests(PostgresDatabases databases) : RegistryStoreContract
{
    private protected override IRegistryStore Open(TemporaryFolder folder) => new PostgresRegistryStore(databases.Of(folder));

    [Fact]
    public async Task A_record_cannot_be_changed_or_removed_through_the_database_either()
    {
        using var folder = new TemporaryFolder();
        await using var store = Open(folder);
        await store.AddAliasAsync(new("champion", new("a", 1), Desk.Alice, default, "why"), default);
        await using var source = NpgsqlDataSource.Create(databases.Of(folder));
        foreach (var sql in new[] { "UPDATE alias_change SET name = 'b'", "DELETE FROM alias_change", "TRUNCATE alias_change" })
        {
            await using var command = source.CreateCommand(sql);
            var fault = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync());
            Assert.Equal("records are never changed or removed", fault.MessageText);
        }
    }

    [Fact]
    public async Task A_store_of_a_newer_version_is_refused_with_both_numbers()
    {
        using var folder = new TemporaryFolder();
        await using (Open(folder)) { }
        await using var source = NpgsqlDataSource.Create(databases.Of(folder));
        await using (var command = source.CreateCommand("UPDATE halley_schema SET version = 99"))
            await command.ExecuteNonQueryAsync();
        var fault = await Faults.OfAsync(() => Task.FromResult(Open(folder)));
        Assert.Matches(
            "^HLY5008: the database at 127.0.0.1:[0-9]+/d[0-9a-f]+ has schema 99, this version of Halley knows [0-9]+. Use the Halley",
            fault.Message
        );
    }

    [Fact]
    public async Task A_number_that_was_seen_is_never_followed_by_a_lower_one()
    {
        using var folder = new TemporaryFolder();
        await using var one = Open(folder);
        await using var other = Open(folder);
        using var end = new CancellationTokenSource();
        // A server asks only whether the number grew: one that is committed late would never be noticed.
        var watching = Task.Run(async () =>
        {
            var seen = 0;
            while (!end.IsCancellationRequested)
            {
                var count = await one.ChangeCountAsync(default);
                var changes = (await one.ChangesAsync(null, null, default)).Count;
                Assert.True(changes >= count, $"change {count} was seen before {count - changes} others");
                seen++;
            }
            return seen;
        });
        await Task.WhenAll(
            Enumerable
                .Range(0, 60)
                .Select(i =>
                    Task.Run(() => (i % 2 == 0 ? one : other).TryAddChangeAsync(Change("production", $"d{i}", 1), default))
                )
        );
        await end.CancelAsync();
        Assert.True(await watching > 0);
        Assert.Equal(60, await one.ChangeCountAsync(default));
    }

    [Theory]
    [InlineData("nonsense", "HLY5019: the connection string of the database can't be read")]
    [InlineData("Database=d", "HLY5019: the connection string of the database can't be read: it names no Host")]
    [InlineData("Host=127.0.0.1;Port=1;Username=u;Password=secret", "HLY5011: the database at 127.0.0.1:1/u can't be reached")]
    public async Task A_database_that_cannot_be_used_is_refused_in_words_without_its_password(string connection, string message)
    {
        var fault = await Faults.OfAsync(() => Task.FromResult(new PostgresRegistryStore(connection)));
        Assert.StartsWith(message, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_or_user_that_is_not_there_is_named()
    {
        var server = databases.Server;
        var fault = await Faults.OfAsync(() => Task.FromResult(new PostgresRegistryStore(server.ConnectionString("nowhere"))));
        Assert.Equal(
            $"HLY5015: the database at 127.0.0.1:{server.Port}/nowhere lets nobody in as the connection string says (3D000: database \"nowhere\" does not exist). Correct user, password, database or rights.",
            fault.Message
        );
    }
}
