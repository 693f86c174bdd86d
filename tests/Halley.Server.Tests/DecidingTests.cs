using System.Globalization;
using Halley.Decisions;
using Halley.Registry;

namespace Halley.Server.Tests;

public sealed class DecidingTests
{
    [Fact]
    public async Task An_answer_is_what_the_engine_says_with_release_arm_and_id()
    {
        await using var desk = await ServerDesk.StartAsync();
        var answer = (await desk.DecideAsync()).Good();
        Assert.Equal(
            ("quote", "quote@1", "champion", "accept", false),
            (
                (string)answer["decision"]!,
                (string)answer["release"]!,
                (string)answer["arm"]!,
                (string)answer["action"]!,
                (bool)answer["fallback"]!
            )
        );
        Assert.Equal(Premium(), answer["outputs"]!["premium"]!.ToJsonString());
        Assert.True(Guid.TryParse((string)answer["decision_id"]!, out _));
        Assert.Null(answer["steps"]);
    }

    [Fact]
    public async Task An_explained_answer_is_the_same_with_its_steps()
    {
        await using var desk = await ServerDesk.StartAsync();
        var (plain, explained) = ((await desk.DecideAsync()).Good(), (await desk.DecideAsync(explain: true)).Good());
        Assert.Equal(plain["outputs"]!.ToJsonString(), explained["outputs"]!.ToJsonString());
        double Step(string name) =>
            (double)explained["steps"]!.AsArray().Single(step => (string)step!["name"]! == name)!["value"]!;
        Assert.Equal(Step("count") * 2000 + 120, Step("premium"), 1e-9);
    }

    [Theory]
    [InlineData("12000,\"licence\":false", "decline", "the driver has no licence")]
    [InlineData("90000,\"licence\":true", "refer", "a car of 90000 EUR is worth more than 80000")]
    public async Task Refer_and_decline_are_answers_not_errors(string rest, string action, string reason)
    {
        await using var desk = await ServerDesk.StartAsync();
        var answer = (await desk.DecideAsync($$"""{"quote_id":"q","age":40,"region":"north","value":{{rest}}}""")).Good();
        Assert.Equal(action, (string)answer["action"]!);
        Assert.Equal(reason, (string)answer["reasons"]![0]!);
        Assert.Equal(action == "decline", answer["outputs"]!["premium"] is null);
    }

    [Fact]
    public async Task A_model_that_throws_gives_an_answer_by_the_fallback_chain()
    {
        await using var desk = await ServerDesk.StartAsync(Sample.Throwing);
        var answer = (await desk.DecideAsync(Sample.Record.Replace("north", "east", StringComparison.Ordinal))).Good();
        Assert.Equal(("refer", true), ((string)answer["action"]!, (bool)answer["fallback"]!));
        var logged = (await desk.GetAsync($"/v1/log/{answer["decision_id"]}")).Good();
        Assert.Contains("model 'count'", (string)logged["fallback"]!, StringComparison.Ordinal);
        Assert.Equal(1, (long)(await desk.GetAsync("/v1/overview")).Good()["traffic"]!["fallbacks"]!);
    }

    [Fact]
    public async Task Nothing_is_live_until_it_is_promoted_and_a_promotion_needs_no_restart()
    {
        await using var desk = await ServerDesk.StartAsync();
        var body = $$"""{"inputs":{{Sample.Record}}}""";
        (await desk.PostAsync("/v1/decisions/renewal", body)).Bad(404, "HLY6001");
        await desk.PromoteAsync(Sample.Quote with { Name = "renewal" });
        var renewal = await desk.UntilAsync(() => desk.PostAsync("/v1/decisions/renewal", body), reply => reply.Status == 200);
        Assert.Equal("renewal@1", renewal["release"]);

        await desk.PromoteAsync(Sample.Priced("500"));
        var reply = await desk.UntilAsync(() => desk.DecideAsync(), reply => reply["release"] == "quote@2");
        Assert.Equal("500.00", reply.Good()["outputs"]!["premium"]!.ToJsonString());
    }

    [Fact]
    public async Task A_challenger_gets_its_share_and_a_unit_always_the_same_arm()
    {
        await using var desk = await ServerDesk.PrepareAsync();
        await desk.PromoteAsync(Sample.Priced("500"), ReleaseRole.Challenger, 0.5);
        await desk.StartServerAsync();
        var arms = new List<string>();
        for (var unit = 0; unit < 60; unit++)
        {
            var body = $$"""{"unit_id":"unit-{{unit}}","inputs":{{Sample.Record}}}""";
            var (first, second) = (
                await desk.PostAsync("/v1/decisions/quote", body),
                await desk.PostAsync("/v1/decisions/quote", body)
            );
            Assert.Equal(first.Good()["arm"]!.ToString(), second["arm"]);
            Assert.Equal(first["arm"] == "challenger", first["release"] == "quote@2");
            arms.Add(first["arm"]);
        }
        Assert.InRange(arms.Count(arm => arm == "challenger"), 15, 45);
    }

    static string Premium()
    {
        var engine = new DecisionEngine(DecisionPlan.Compile(Sample.Quote, _ => Sample.Count));
        Assert.True(engine.TryDecide(System.Text.Encoding.UTF8.GetBytes(Sample.Record), out var answer, out _));
        using (answer)
            return answer.Output("premium").ToString("0.00", CultureInfo.InvariantCulture);
    }
}
