using System.Text;
using Halley.Data;

namespace Halley.Registry.Tests;

/// <summary>A decision log of one test with its clock, its store and its heads.</summary>
sealed class LogDesk : IAsyncDisposable
{
    readonly TemporaryFolder folder = new();
    readonly SigningKey key = SigningKey.Create();
    readonly List<DecisionLog> logs = [];

    public LogDesk(long maximumPages = 0, int queueCapacity = 8192)
    {
        Store = new(LogFile) { MaximumPages = maximumPages };
        Heads = new(HeadFolder);
        Log = OpenLog(queueCapacity);
    }

    public ManualTime Time { get; } = new();

    public SqliteLogStore Store { get; }

    public FolderHeadStore Heads { get; }

    /// <summary>The first writer.</summary>
    public DecisionLog Log { get; }

    public DecisionLogReader Reader => new(Store);

    public string LogFile => folder.At("log.db");

    public string HeadFolder => folder.At("heads");

    public DecisionLog OpenLog(int queueCapacity = 8192)
    {
        logs.Add(new(Store, Heads, key, new() { QueueCapacity = queueCapacity }, Time));
        return logs[^1];
    }

    public Task<LogCheck> VerifyAsync() => new LogVerifier(Store, Heads, new([key.Public])).VerifyAsync();

    /// <summary>Appends decisions one by one, each a second after the other.</summary>
    public async Task<List<DecisionRecord>> AppendAsync(int count, DecisionLog? log = null)
    {
        var records = new List<DecisionRecord>();
        for (var i = 0; i < count; i++)
        {
            Time.Now = Time.Now.AddSeconds(1);
            records.Add(Decision($"policy-{i}"));
            await (log ?? Log).AppendAsync(records[^1]);
        }
        return records;
    }

    public DecisionRecord Decision(string unit = "policy-1", string? requestKey = null, string requestBody = "{}") =>
        new()
        {
            Id = Guid.CreateVersion7(Time.Now),
            Time = Time.Now,
            Environment = "production",
            Decision = "motor-quote",
            Release = new("motor-quote", 1),
            Revision = 1,
            Arm = ReleaseRole.Champion,
            Probability = 0.9,
            RequestKey = requestKey,
            RequestHash = requestKey is null ? null : ContentHash.Of(Encoding.UTF8.GetBytes(requestBody)),
            LatencyMicroseconds = 123.5,
            UnitId = unit,
            Inputs = Desk.Bytes("{\"age\":40,\"area\":\"Ü\"}"),
            Outputs = Desk.Bytes("{\"premium\":412.10}"),
            Steps = Desk.Bytes("{\"risk_price\":301.25}"),
            Reasons = Desk.Bytes("[\"the driver is 40\"]"),
        };

    public ShadowRecord Shadow(DecisionRecord decision, string? error = null) =>
        new()
        {
            Id = Guid.CreateVersion7(Time.Now),
            DecisionId = decision.Id,
            Time = Time.Now,
            Environment = decision.Environment,
            Decision = decision.Decision,
            Release = new("motor-quote", 2),
            Error = error,
            Outputs = error is null ? Desk.Bytes("{\"premium\":399.00}") : default,
        };

    public static Outcome Outcome(DecisionRecord decision, string id, double value = 1, string kind = "converted", int day = 1) =>
        new()
        {
            Id = id,
            DecisionId = decision.Id,
            Kind = kind,
            Value = value,
            ValuationDate = new(2026, 4, day),
        };

    /// <summary>Changes the log's file as an attacker would, triggers out of the way.</summary>
    public void Tamper(string sql)
    {
        using var connection = SqliteFile.Open(LogFile);
        connection.Run("DROP TRIGGER IF EXISTS record_update; DROP TRIGGER IF EXISTS record_delete; PRAGMA foreign_keys = OFF");
        Assert.True(connection.Run(sql) > 0, "the tampering changed nothing");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var log in logs)
            await log.DisposeAsync();
        await Store.DisposeAsync();
        key.Dispose();
        folder.Dispose();
    }
}
