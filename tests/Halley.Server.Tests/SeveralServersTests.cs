using System.Collections.Concurrent;
using System.Diagnostics;
using Halley.Registry;

namespace Halley.Server.Tests;

/// <summary>Servers without a state of their own, on one PostgreSQL.</summary>
public sealed class SeveralServersTests : IDisposable
{
    readonly PostgresServer database = PostgresServer.StartNew();
    readonly TemporaryFolder shared = new();

    [Fact]
    public async Task A_retry_gets_its_first_answer_from_another_server_too()
    {
        await using var one = await StartAsync();
        await using var other = await one.StartAnotherAsync();
        var first = await one.DecideAsync(requestId: "r-1", explain: true);
        var answer = first.Good();
        Assert.Equal(first.Text, (await other.DecideAsync(requestId: "r-1", explain: true)).Text);
        (await other.DecideAsync(Sample.Record.Replace("40", "41", StringComparison.Ordinal), requestId: "r-1")).Bad(
            409,
            "HLY6005"
        );
        // At the same time on both: whoever is first, all get one answer.
        var replies = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => (i % 2 == 0 ? one : other).DecideAsync(requestId: "r-2"))
        );
        replies[0].Good();
        Assert.Single(replies.Select(reply => reply.Text).Distinct());
        (await other.GetAsync($"/v1/log/{answer["decision_id"]}")).Good();
        await AssertLogAsync(one, ["r-1", "r-2"]);
    }

    [Fact]
    public async Task A_promotion_reaches_all_servers_in_two_seconds_and_no_request_sees_half_of_it()
    {
        await using var one = await StartAsync(options => options with { Refresh = TimeSpan.FromSeconds(0.5) });
        await using var other = await one.StartAnotherAsync();
        using var end = new CancellationTokenSource();
        var answers = new ConcurrentQueue<(int Server, long Sent, string Release, decimal Premium)>();
        var load = new[] { one, other }
            .Select((desk, server) => Task.Run(() => AskAsync(desk, server, answers, end.Token)))
            .ToArray();
        var promoted = new List<(long At, string Release)>();
        foreach (var premium in new[] { "2000", "3000" })
        {
            await Task.Delay(200, TestContext.Current.CancellationToken);
            var release = await one.PromoteAsync(Sample.Priced(premium));
            promoted.Add((Stopwatch.GetTimestamp(), release.ToString()));
            await Task.Delay(2200, TestContext.Current.CancellationToken);
        }
        await end.CancelAsync();
        await Task.WhenAll(load);
        // The premium names the release that made it: an answer of one with the other's number would show.
        Assert.All(answers, answer => Assert.Equal(1000m * int.Parse(answer.Release.Split('@')[1]), answer.Premium));
        for (var i = 0; i < promoted.Count; i++)
        {
            var (late, before) = (
                promoted[i].At + 2 * Stopwatch.Frequency,
                i + 1 < promoted.Count ? promoted[i + 1].At : long.MaxValue
            );
            var after = answers.Where(answer => answer.Sent >= late && answer.Sent < before - Stopwatch.Frequency / 10).ToList();
            Assert.Equal([0, 1], after.Select(answer => answer.Server).Distinct().Order());
            Assert.All(after, answer => Assert.Equal(promoted[i].Release, answer.Release));
        }
    }

    [Fact]
    public async Task A_database_that_stops_crashes_and_returns_loses_nothing_and_needs_no_hands()
    {
        await using var one = await StartAsync();
        await using var other = await one.StartAnotherAsync();
        using var end = new CancellationTokenSource();
        var acknowledged = new ConcurrentDictionary<string, string>();
        var refused = new ConcurrentQueue<Reply>();
        var callers = Enumerable
            .Range(0, 8)
            .Select(caller => Task.Run(() => CallAsync(caller % 2 == 0 ? one : other, caller, acknowledged, refused, end.Token)))
            .ToArray();
        foreach (var crash in new[] { false, true })
        {
            await UntilMoreAsync(acknowledged);
            database.Stop(crash);
            await Task.Delay(300, TestContext.Current.CancellationToken);
            database.Start();
            await UntilMoreAsync(acknowledged);
        }
        await end.CancelAsync();
        await Task.WhenAll(callers);
        Assert.NotEmpty(refused);
        Assert.All(refused, reply => reply.Bad(503, "HLY6006"));
        // Both servers are as before, without a restart.
        foreach (var desk in new[] { one, other })
        {
            (await desk.GetAsync("/health/ready")).Good();
            (await desk.DecideAsync(requestId: "last")).Good();
        }
        await AssertLogAsync(one, [.. acknowledged.Keys, "last"]);
    }

    public void Dispose()
    {
        database.Dispose();
        shared.Dispose();
    }

    async Task<ServerDesk> StartAsync(Func<ServerOptions, ServerOptions>? configure = null)
    {
        var places = new StorePlaces
        {
            Database = database.NewDatabase(),
            Artefacts = Path.Combine(shared.Path, "artefacts"),
            Heads = Path.Combine(shared.Path, "heads"),
            SigningKey = Path.Combine(shared.Path, "signing.pem"),
        };
        SigningKey.LoadOrCreate(places.SigningKey).Dispose();
        var desk = await ServerDesk.PrepareAsync(Sample.Priced("1000"), configure, places);
        await desk.StartServerAsync();
        return desk;
    }

    static async Task AskAsync(
        ServerDesk desk,
        int server,
        ConcurrentQueue<(int Server, long Sent, string Release, decimal Premium)> answers,
        CancellationToken end
    )
    {
        while (!end.IsCancellationRequested)
        {
            var sent = Stopwatch.GetTimestamp();
            var answer = (await desk.DecideAsync()).Good();
            answers.Enqueue((server, sent, (string)answer["release"]!, (decimal)answer["outputs"]!["premium"]!));
            await Task.Delay(2, CancellationToken.None);
        }
    }

    /// <summary>Sends decisions with keys, each until it is answered.</summary>
    static async Task CallAsync(
        ServerDesk desk,
        int caller,
        ConcurrentDictionary<string, string> acknowledged,
        ConcurrentQueue<Reply> refused,
        CancellationToken end
    )
    {
        for (var i = 0; !end.IsCancellationRequested; i++)
        {
            var key = $"c-{caller}-{i}";
            while (true)
            {
                var reply = await desk.DecideAsync(requestId: key);
                if (reply.Status == 200)
                {
                    Assert.True(acknowledged.TryAdd(key, (string)reply.Good()["decision_id"]!));
                    break;
                }
                refused.Enqueue(reply);
                await Task.Delay(20, CancellationToken.None);
            }
        }
    }

    static async Task UntilMoreAsync(ConcurrentDictionary<string, string> acknowledged)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var wanted = acknowledged.Count + 40;
        while (acknowledged.Count < wanted)
            await Task.Delay(10, patience.Token);
    }

    /// <summary>Every key was decided once, and the chains of all writers are whole.</summary>
    static async Task AssertLogAsync(ServerDesk desk, IReadOnlyList<string> keys)
    {
        var found = new List<string?>();
        await foreach (var decision in desk.Store.LogReader.DecisionsAsync(new()))
            found.Add(decision.RequestKey);
        Assert.Equal(keys.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
        var check = await desk.Store.VerifyLogAsync();
        Assert.True(check.IsWhole, check.FirstBreak?.ToString());
    }
}
