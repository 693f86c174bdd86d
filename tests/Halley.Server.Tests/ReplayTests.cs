using System.Globalization;
using Halley.Decisions;
using Halley.Registry;

namespace Halley.Server.Tests;

public sealed class ReplayTests
{
    const int Requests = 600;

    [Fact]
    public async Task A_logged_decision_decided_again_by_its_own_release_gives_the_same_bits()
    {
        await using var desk = await ServerDesk.StartAsync();
        await desk.PromoteAsync(Sample.Priced("count * 1900 + value * 0.011"), ReleaseRole.Challenger, 0.4);
        var unit = 0;
        await desk.UntilAsync(
            () =>
                desk.PostAsync(
                    "/v1/decisions/quote",
                    $$"""{"purpose":"test","unit_id":"u-{{unit++}}","inputs":{{Sample.Record}}}"""
                ),
            reply => reply.Text.Contains("quote@2", StringComparison.Ordinal)
        );
        await DecideAsync(desk);
        var report = await ReplayAsync(desk, null);
        Assert.Equal((Requests, Requests, 0, 0), (report.Decisions, report.Same, report.Changed, report.Refused));
        // Both arms were there to be decided again.
        var releases = new HashSet<string>();
        await foreach (var decision in desk.Store.LogReader.DecisionsAsync(new()))
        {
            if (decision.Purpose == Purpose.Live)
                releases.Add(decision.Release.ToString());
        }
        Assert.Equal(["quote@1", "quote@2"], releases.Order());
    }

    [Fact]
    public async Task Another_release_is_priced_to_the_cent_and_explained_by_the_first_step_that_moved()
    {
        await using var desk = await ServerDesk.StartAsync(Sample.Priced("1000 + value * 0.01"));
        await DecideAsync(desk);
        var other = await desk.PromoteAsync(Sample.Priced("1010.5 + value * 0.01"), ReleaseRole.Shadow);
        var report = await ReplayAsync(desk, other);
        var premiums = new List<decimal>();
        var actions = new Dictionary<string, long>();
        await foreach (var decision in desk.Store.LogReader.DecisionsAsync(new()))
        {
            using var outputs = System.Text.Json.JsonDocument.Parse(decision.Outputs);
            if (outputs.RootElement.TryGetProperty("premium", out var premium))
                premiums.Add(premium.GetDecimal());
        }
        var line = Assert.Single(report.Outputs);
        Assert.Equal(
            ("premium", premiums.Count, premiums.Sum(), 10.5m * premiums.Count, premiums.Count, 0),
            (line.Name, line.Decisions, line.Logged, line.Change, line.Risen, line.Fallen)
        );
        Assert.Equal(("premium", 10.5m * premiums.Count), (report.Causes[0].Step, report.Causes.Sum(cause => cause.Change)));
        Assert.Equal(10, report.Largest.Count);
        Assert.All(report.Largest, example => Assert.Equal(10.5m, example.Now - example.Logged));
        Assert.Empty(report.Actions);
        Assert.Equal(Requests, report.Same + report.SameOutputs + report.Changed);
    }

    [Fact]
    public async Task Changed_actions_and_refused_inputs_are_counted()
    {
        await using var desk = await ServerDesk.StartAsync(Sample.Priced("1000"));
        await DecideAsync(desk);
        var dear = Sample.Priced("1000") with
        {
            Eligibility =
            [
                .. Sample.Quote.Eligibility.Select(rule => rule.Name == "dear_car" ? rule with { When = "value > 40000" } : rule),
            ],
        };
        var report = await ReplayAsync(desk, await desk.PromoteAsync(dear, ReleaseRole.Shadow));
        var moved = Enumerable.Range(0, Requests).Count(i => Value(i) is > 40000 and <= 80000 && i % 7 > 0);
        Assert.Equal(new ReplayAction("accept", "refer", moved), Assert.Single(report.Actions));
        var stricter = Sample.Quote with
        {
            Inputs = new([
                .. Sample.Quote.Inputs.Fields.Select(field => field.Name == "age" ? field with { Maximum = 50 } : field),
            ]),
        };
        var refused = await ReplayAsync(desk, await desk.PromoteAsync(stricter, ReleaseRole.Shadow));
        Assert.Equal(Enumerable.Range(0, Requests).Count(i => Age(i) > 50), refused.Refused);
        Assert.Equal("age", Assert.Single(refused.Problems).Field);
    }

    [Fact]
    public async Task A_window_is_replayed_and_tests_are_left_out()
    {
        await using var desk = await ServerDesk.StartAsync(Sample.Priced("1000"));
        await DecideAsync(desk, 20);
        var body = $$"""{"purpose":"test","inputs":{{Sample.Record}}}""";
        (await desk.PostAsync("/v1/decisions/quote", body)).Good();
        Assert.Equal(20, (await ReplayAsync(desk, null)).Decisions);
        Assert.Equal(7, (await ReplayAsync(desk, null, query => query with { Limit = 7 })).Decisions);
        var now = TimeProvider.System.GetUtcNow();
        Assert.Equal(0, (await ReplayAsync(desk, null, query => query with { From = now.AddHours(1) })).Decisions);
        Assert.Equal(0, (await ReplayAsync(desk, null, query => query with { To = now.AddHours(-1) })).Decisions);
    }

    static int Value(int i) => 1000 + i * 371 % 90_000;

    static int Age(int i) => 18 + i * 13 % 60;

    static async Task DecideAsync(ServerDesk desk, int count = Requests)
    {
        foreach (var chunk in Enumerable.Range(0, count).Chunk(50))
        {
            var replies = await Task.WhenAll(
                chunk.Select(i =>
                    desk.DecideAsync(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{{\"quote_id\":\"q-{i}\",\"age\":{Age(i)},\"region\":\"north\",\"value\":{Value(i)},\"licence\":{(i % 7 > 0 ? "true" : "false")}}}"
                        )
                    )
                )
            );
            foreach (var reply in replies)
                reply.Good();
        }
    }

    static async Task<ReplayReport> ReplayAsync(
        ServerDesk desk,
        VersionId? through,
        Func<ReplayQuery, ReplayQuery>? restrict = null
    )
    {
        var loader = new ReleaseLoader(desk.Store.Registry, desk.Store.Artefacts);
        async ValueTask<DecisionEngine> OfAsync(VersionId release, CancellationToken cancellation) =>
            new((await loader.LoadAsync(release, cancellation)).Plan);
        var query = new ReplayQuery { Environment = "production", Decision = "quote" };
        return await new ReplayRunner(desk.Store.Log, OfAsync).RunAsync(
            restrict?.Invoke(query) ?? query,
            through is { } release ? await OfAsync(release, default) : null,
            "test",
            "premium"
        );
    }
}
