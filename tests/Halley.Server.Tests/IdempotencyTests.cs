using Halley.Registry;

namespace Halley.Server.Tests;

public sealed class IdempotencyTests
{
    [Fact]
    public async Task The_same_request_again_gets_the_first_answer_and_counts_once()
    {
        await using var desk = await ServerDesk.StartAsync();
        var first = await desk.DecideAsync(requestId: "r-1");
        var again = await desk.DecideAsync(requestId: "r-1");
        first.Good();
        Assert.Equal(first.Text, again.Text);
        Assert.NotEqual(first.RequestId, again.RequestId);
        await AssertCountAsync(desk, 1);
        Assert.Equal(1, (long)(await desk.GetAsync("/v1/overview")).Good()["traffic"]!["decisions"]!);
    }

    [Fact]
    public async Task After_a_restart_the_first_answer_still_stands()
    {
        await using var desk = await ServerDesk.StartAsync();
        var first = await desk.DecideAsync(requestId: "r-1");
        first.Good();
        await desk.RestartAsync();
        Assert.Equal(first.Text, (await desk.DecideAsync(requestId: "r-1")).Text);
        await AssertCountAsync(desk, 1);
    }

    [Fact]
    public async Task Twenty_at_the_same_time_are_one_decision()
    {
        await using var desk = await ServerDesk.StartAsync();
        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => desk.DecideAsync(requestId: "r-1")));
        replies[0].Good();
        Assert.Single(replies.Select(reply => reply.Text).Distinct());
        await AssertCountAsync(desk, 1);
    }

    [Fact]
    public async Task Another_body_under_the_key_is_409_and_names_the_first_decision()
    {
        await using var desk = await ServerDesk.StartAsync();
        var first = (await desk.DecideAsync(requestId: "r-1")).Good();
        var other = await desk.DecideAsync(Sample.Record.Replace("40", "41", StringComparison.Ordinal), requestId: "r-1");
        Assert.Contains((string)first["decision_id"]!, other.Bad(409, "HLY6005")["detail"]);
        await AssertCountAsync(desk, 1);
    }

    [Fact]
    public async Task The_header_is_a_key_like_the_field()
    {
        await using var desk = await ServerDesk.StartAsync();
        var body = $$"""{"inputs":{{Sample.Record}}}""";
        var first = await desk.PostAsync("/v1/decisions/quote", body, key: "r-1");
        first.Good();
        Assert.Equal(first.Text, (await desk.PostAsync("/v1/decisions/quote", body, key: "r-1")).Text);
        // The field's own body differs from the header's, so the key is taken.
        (await desk.DecideAsync(requestId: "r-1")).Bad(409, "HLY6005");
        var both = $$"""{"request_id":"r-2","inputs":{{Sample.Record}}}""";
        (await desk.PostAsync("/v1/decisions/quote", both, key: "r-2")).Good();
        Assert.StartsWith(
            "request_id: differs from the Idempotency-Key header",
            (await desk.PostAsync("/v1/decisions/quote", both, key: "r-3")).Bad(400, "HLY6004").Errors[0],
            StringComparison.Ordinal
        );
        await AssertCountAsync(desk, 2);
    }

    [Fact]
    public async Task A_retry_gets_its_answer_even_where_the_new_release_would_refuse_it()
    {
        await using var desk = await ServerDesk.StartAsync();
        var first = await desk.DecideAsync(requestId: "r-1");
        first.Good();
        var stricter = Sample.Quote with
        {
            Inputs = new([.. Sample.Quote.Inputs.Fields, new() { Name = "bonus", Kind = Data.FieldKind.Number }]),
        };
        await desk.PromoteAsync(stricter);
        await desk.UntilAsync(() => desk.DecideAsync(), reply => reply.Status == 400);
        Assert.Equal(first.Text, (await desk.DecideAsync(requestId: "r-1")).Text);
    }

    [Fact]
    public async Task A_refused_request_does_not_take_its_key()
    {
        await using var desk = await ServerDesk.StartAsync();
        (await desk.DecideAsync("""{"quote_id":"q"}""", requestId: "r-1")).Bad(400, "HLY6004");
        (await desk.DecideAsync(requestId: "r-1")).Good();
    }

    static async Task AssertCountAsync(ServerDesk desk, int decisions)
    {
        var count = 0;
        await foreach (var _ in desk.Store.LogReader.DecisionsAsync(new LogQuery()))
            count++;
        Assert.Equal(decisions, count);
    }
}
