using System.Text;
using Halley.Data;
using Npgsql;

namespace Halley.Registry.Tests;

/// <summary>A decision log in PostgreSQL, behind a proxy that can break its connections.</summary>
sealed class PostgresLogDesk : IAsyncDisposable
{
    readonly TemporaryFolder folder = new();
    readonly SigningKey key = SigningKey.Create();
    readonly FolderHeadStore heads;
    readonly PostgresLogStore store;
    readonly string direct;

    internal PostgresLogDesk(PostgresDatabases databases, string settings = "")
        : this(databases.Server, databases.Server.NewDatabase(), settings) { }

    internal PostgresLogDesk(PostgresServer server, string database, string settings = "")
    {
        direct = database;
        Proxy = new(server.Port);
        heads = new(folder.At("heads"));
        store = new($"{Proxy.Through(database)};{settings}");
        Log = new(store, heads, key, new(), TimeProvider.System);
    }

    internal CuttingProxy Proxy { get; }

    internal DecisionLog Log { get; }

    internal DecisionRecord Decision(string requestKey) =>
        new()
        {
            Id = Log.NewId(),
            Time = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero),
            Environment = "production",
            Decision = "motor-quote",
            Release = new("motor-quote", 1),
            Revision = 1,
            Arm = ReleaseRole.Champion,
            Probability = 1,
            RequestKey = requestKey,
            RequestHash = ContentHash.Of(Encoding.UTF8.GetBytes(requestKey)),
            UnitId = "unit",
            Inputs = Desk.Bytes("{}"),
            Outputs = Desk.Bytes("{\"premium\":412.10}"),
        };

    /// <summary>Each key has one decision, and the chain is proved whole.</summary>
    internal async Task AssertKeysAsync(params string[] keys)
    {
        var found = new List<string>();
        await foreach (var decision in new DecisionLogReader(store).DecisionsAsync(new()))
            found.Add(decision.RequestKey!);
        Assert.Equal(keys, found.Order(StringComparer.Ordinal));
        await Log.DisposeAsync();
        var check = await new LogVerifier(store, heads, new([key.Public])).VerifyAsync();
        Assert.True(check.IsWhole, check.FirstBreak?.ToString());
        Assert.Equal((keys.Length, 0), (check.Proven, check.Beyond));
    }

    /// <summary>A setting as the last session of the writer has it; asked by a look at what it does to a new one of the kind.</summary>
    internal string SettingOfWriter(string setting)
    {
        var database = new PostgresDatabase(direct);
        using var source = database.Alone("halley test");
        using NpgsqlConnection connection = source.OpenConnection();
        return connection.Scalar<string>($"SHOW {setting}")!;
    }

    public async ValueTask DisposeAsync()
    {
        await Log.DisposeAsync();
        await store.DisposeAsync();
        Proxy.Dispose();
        key.Dispose();
        folder.Dispose();
    }
}
