using System.Text.Json.Nodes;
using Halley.Registry;
using Microsoft.Extensions.DependencyInjection;

namespace Halley.Client.Tests;

public sealed class HalleyClientTests
{
    [Fact]
    public async Task An_answer_is_the_servers_with_money_steps_and_reasons()
    {
        await using var desk = await ServerDesk.StartAsync();
        using var client = ClientOf(desk, new(desk));
        var answer = await client.DecideAsync("quote", Request(explain: true), Token);
        var sent = (await desk.DecideAsync()).Good();
        Assert.Equal("accept", answer.Action);
        Assert.Equal((decimal)sent["outputs"]!["premium"]!, answer.Money("premium"));
        Assert.True(answer.Money("premium") > 0);
        Assert.Contains(answer.Steps, step => step.Key == "premium");
        Assert.False(answer.IsLocal);
        Assert.StartsWith("quote@", answer.Release, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_wrong_field_is_named_and_nothing_is_sent_again()
    {
        await using var desk = await ServerDesk.StartAsync();
        var weather = new Weather(desk);
        using var client = ClientOf(desk, weather);
        var request = Request() with { Inputs = Inputs(age: 12, region: "moon") };
        var problem = await Assert.ThrowsAsync<RequestRefusedException>(() => client.DecideAsync("quote", request, Token));
        Assert.Equal("HLY6004", problem.Code);
        Assert.Equal(["age", "region"], problem.Fields.Select(field => field.Field).Order());
        Assert.Equal("12", problem.Fields.Single(field => field.Field == "age").Value);
        Assert.NotEmpty(problem.Fields[0].Expected);
        Assert.NotNull(problem.RequestId);
        Assert.Equal(1, weather.Sent);
        Assert.Equal(0, await CountAsync(desk));
    }

    [Fact]
    public async Task A_decision_that_is_not_live_and_a_key_of_another_request_have_their_own_exceptions()
    {
        await using var desk = await ServerDesk.StartAsync();
        using var client = ClientOf(desk, new(desk));
        var absent = await Assert.ThrowsAsync<DecisionNotLiveException>(() => client.DecideAsync("qoute", Request(), Token));
        Assert.Contains("GET /v1/decisions", absent.Remedy, StringComparison.Ordinal);
        var first = await client.DecideAsync("quote", Request() with { Key = "k" }, Token);
        var other = Request() with { Key = "k", Inputs = Inputs(age: 41) };
        var reused = await Assert.ThrowsAsync<KeyReusedException>(() => client.DecideAsync("quote", other, Token));
        Assert.Contains($"{first.DecisionId}", reused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outcomes_sent_again_after_a_lost_answer_count_once()
    {
        await using var desk = await ServerDesk.StartAsync();
        var weather = new Weather(desk);
        using var client = ClientOf(desk, weather);
        var decision = (await client.DecideAsync("quote", Request(), Token)).DecisionId!.Value;
        weather.LosesAnswer();
        Outcome[] outcomes = [new("o-1", decision, "claim_cost", 812.5, new(2026, 3, 31))];
        Assert.Equal(new OutcomesReceipt(0, 1), await client.SendOutcomesAsync(outcomes, Token));
    }

    [Fact]
    public async Task The_container_gives_one_client_and_refuses_wrong_options_with_all_problems()
    {
        await using var desk = await ServerDesk.StartAsync();
        var services = new ServiceCollection().AddHalley(options => options.Address = desk.Client.BaseAddress);
        await using var provider = services.BuildServiceProvider();
        var client = provider.GetRequiredService<HalleyClient>();
        Assert.Same(client, provider.GetRequiredService<HalleyClient>());
        Assert.Equal("accept", (await client.DecideAsync("quote", Request(), Token)).Action);
        var problem = Assert.Throws<ArgumentException>(() => services.AddHalley(options => options.Attempts = 0));
        Assert.Contains("Address: ''", problem.Message, StringComparison.Ordinal);
        Assert.Contains("Attempts: 0 is outside 1 to 20", problem.Message, StringComparison.Ordinal);
    }

    internal static CancellationToken Token => TestContext.Current.CancellationToken;

    internal static HalleyClient ClientOf(ServerDesk desk, Weather weather, Action<HalleyClientOptions>? configure = null)
    {
        var options = new HalleyClientOptions
        {
            Address = desk.Client.BaseAddress,
            AttemptTime = TimeSpan.FromSeconds(20),
            TotalTime = TimeSpan.FromSeconds(60),
            Pause = TimeSpan.FromMilliseconds(1),
        };
        configure?.Invoke(options);
        return new(options, weather);
    }

    internal static DecisionRequest Request(bool explain = false) => new() { Inputs = Inputs(), Explain = explain };

    internal static JsonObject Inputs(int age = 40, string region = "north") =>
        new()
        {
            ["quote_id"] = "q-1",
            ["age"] = age,
            ["region"] = region,
            ["value"] = 12000,
            ["licence"] = true,
        };

    internal static async Task<int> CountAsync(ServerDesk desk)
    {
        var count = 0;
        await foreach (var _ in desk.Store.LogReader.DecisionsAsync(new LogQuery(), Token))
            count++;
        return count;
    }
}
