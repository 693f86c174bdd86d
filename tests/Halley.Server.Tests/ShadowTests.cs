using Halley.Decisions;
using Halley.Registry;

namespace Halley.Server.Tests;

/// <summary>A shadow never touches the champion.</summary>
public sealed class ShadowTests
{
    [Fact]
    public async Task A_shadow_that_differs_is_compared_on_the_same_requests()
    {
        await using var desk = await ShadowedAsync(Sample.Priced("2 * (count * 2000 + value * 0.01)"));
        for (var age = 20; age < 40; age++)
            (
                await desk.DecideAsync(
                    $$"""{"quote_id":"q-{{age}}","age":{{age}},"region":"south","value":1,"licence":{{(age < 25 ? "false" : "true")}}}"""
                )
            ).Good();
        await desk.ShadowsDoneAsync();
        var line = Assert.Single(DecisionServer.Shadows(desk.Server));
        // Where both decline, there is no premium and nothing differs.
        Assert.Equal(
            ("quote", "quote@1", "quote@2", 20, 15, 0, "premium"),
            (line.Decision, line.Champion, line.Shadow, line.Compared, line.Differ, line.Errors, line.Output)
        );
        Assert.Equal(1, line.TypicalDifference!.Value, 1e-4);
    }

    [Theory]
    [InlineData("throws", "HLY1207")]
    [InlineData("gives NaN", "premium")]
    public async Task A_shadow_without_an_answer_changes_nothing_and_is_counted(string how, string error)
    {
        var east = Sample.Record.Replace("north", "east", StringComparison.Ordinal);
        string alone;
        await using (var without = await ServerDesk.StartAsync())
            alone = Comparable((await without.DecideAsync(east, explain: true)).Good());
        await using var desk = await ShadowedAsync(how == "throws" ? Sample.Throwing : Sample.Priced("log(0 - value)"));
        var reply = (await desk.DecideAsync(east, explain: true)).Good();
        Assert.Equal(alone, Comparable(reply));
        await desk.ShadowsDoneAsync();
        var line = Assert.Single(DecisionServer.Shadows(desk.Server));
        Assert.Equal((0, 1), (line.Compared, line.Errors));
        var shadow = (await desk.GetAsync($"/v1/log/{reply["decision_id"]}")).Good()["shadows"]![0]!;
        Assert.Contains(error, (string)shadow["error"]!, StringComparison.Ordinal);
        Assert.Null(shadow["answer"]);
        await desk.UntilAsync(
            () => desk.GetAsync("/metrics"),
            metrics => metrics.Text.Contains("halley_shadow_errors_total", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Requests_that_a_slow_shadow_can_not_follow_are_left_out_and_counted()
    {
        const int Requests = 120;
        await using var desk = await ShadowedAsync(Sample.Slow(1500), queue: 2);
        var replies = await Task.WhenAll(Enumerable.Range(0, Requests).Select(_ => desk.DecideAsync()));
        Assert.Single(replies.Select(reply => reply.Good()["outputs"]!.ToJsonString()).Distinct());
        await desk.ShadowsDoneAsync();
        var traffic = (await desk.GetAsync("/v1/overview")).Good()["traffic"]!;
        var leftOut = (long)traffic["shadows_left_out"]!;
        Assert.Equal((Requests, 0), ((long)traffic["decisions"]!, (long)traffic["fallbacks"]!));
        Assert.InRange(leftOut, 1, Requests - 1);
        Assert.Equal(Requests - leftOut, Assert.Single(DecisionServer.Shadows(desk.Server)).Compared);
    }

    [Fact]
    public async Task What_waits_for_a_shadow_at_the_end_is_finished_and_logged()
    {
        await using var desk = await ShadowedAsync(Sample.Slow(300));
        await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => desk.DecideAsync()));
        await desk.RestartAsync();
        var shadows = 0;
        await foreach (var _ in desk.Store.LogReader.ShadowsAsync(new LogQuery()))
            shadows++;
        Assert.Equal(30, shadows);
    }

    static async Task<ServerDesk> ShadowedAsync(DecisionDefinition shadow, int queue = 4096)
    {
        var desk = await ServerDesk.PrepareAsync(configure: options => options with { ShadowQueue = queue });
        await desk.PromoteAsync(shadow, ReleaseRole.Shadow);
        await desk.StartServerAsync();
        return desk;
    }

    /// <summary>An answer without what is another one each time.</summary>
    static string Comparable(System.Text.Json.Nodes.JsonNode answer)
    {
        var copy = answer.DeepClone().AsObject();
        Assert.True(copy.Remove("decision_id") && copy.Remove("time"));
        return copy.ToJsonString();
    }
}
