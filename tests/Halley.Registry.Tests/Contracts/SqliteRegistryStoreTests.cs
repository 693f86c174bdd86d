using Microsoft.Data.Sqlite;

namespace Halley.Registry.Tests;

public sealed class SqliteRegistryStoreTests : RegistryStoreContract
{
    private protected override IRegistryStore Open(TemporaryFolder folder) => new SqliteRegistryStore(folder.At("registry.db"));

    [Fact]
    public async Task Every_commit_is_flushed_and_the_log_is_written_ahead()
    {
        using var folder = new TemporaryFolder();
        await using var store = Open(folder);
        using var connection = SqliteFile.Open(folder.At("registry.db"));
        Assert.Equal("wal", connection.Scalar<string>("PRAGMA journal_mode"));
        Assert.Equal(2, connection.Scalar<long>("PRAGMA synchronous"));
    }

    [Fact]
    public async Task A_record_cannot_be_changed_or_removed_through_the_database_either()
    {
        using var folder = new TemporaryFolder();
        await using var store = Open(folder);
        await store.AddAliasAsync(new("champion", new("a", 1), Desk.Alice, default, "why"), default);
        using var connection = SqliteFile.Open(folder.At("registry.db"));
        foreach (var sql in new[] { "UPDATE alias_change SET name = 'b'", "DELETE FROM alias_change" })
            Assert.Contains("records are never", Assert.Throws<SqliteException>(() => connection.Run(sql)).Message);
    }

    [Fact]
    public async Task A_store_of_a_newer_version_is_refused_with_both_numbers()
    {
        using var folder = new TemporaryFolder();
        await using (Open(folder)) { }
        using (var connection = SqliteFile.Open(folder.At("registry.db")))
            connection.Run("PRAGMA user_version = 99");
        var fault = await Faults.OfAsync(() => Task.FromResult(Open(folder)));
        Assert.Equal(
            $"HLY5008: '{folder.At("registry.db")}' has schema 99, this version of Halley knows 2. Use the Halley that wrote it, or a newer one.",
            fault.Message
        );
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_in_words()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("registry.db"), new string('x', 5000));
        var fault = await Faults.OfAsync(() => Task.FromResult(Open(folder)));
        Assert.Equal(
            $"HLY5005: '{folder.At("registry.db")}' is damaged or no Halley store. Restore it from a copy.",
            fault.Message
        );
    }
}
