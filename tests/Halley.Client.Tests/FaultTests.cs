using static Halley.Client.Tests.HalleyClientTests;

namespace Halley.Client.Tests;

/// <summary>However a request goes wrong on its way, it is decided at most once.</summary>
public sealed class FaultTests
{
    [Fact]
    public async Task A_lost_answer_is_asked_for_again_under_the_same_key()
    {
        await using var desk = await ServerDesk.StartAsync();
        var weather = new Weather(desk).LosesAnswer().LosesAnswer();
        using var client = ClientOf(desk, weather);
        var answer = await client.DecideAsync("quote", Request(), Token);
        Assert.NotNull(answer.DecisionId);
        Assert.Equal(3, weather.Sent);
        Assert.NotNull(weather.Keys[0]);
        Assert.Single(weather.Keys.Distinct());
        Assert.Equal(1, await CountAsync(desk));
    }

    [Fact]
    public async Task A_server_that_ends_between_decision_and_answer_has_decided_once()
    {
        await using var desk = await ServerDesk.StartAsync();
        var weather = new Weather(desk).LosesAnswerAfter(desk.RestartAsync);
        using var client = ClientOf(desk, weather);
        var answer = await client.DecideAsync("quote", Request(), Token);
        Assert.Equal(2, weather.Sent);
        Assert.Equal(1, await CountAsync(desk));
        (await desk.GetAsync($"/v1/log/{answer.DecisionId}")).Good();
    }

    [Fact]
    public async Task An_answer_that_never_comes_is_given_up_and_asked_for_again()
    {
        await using var desk = await ServerDesk.StartAsync();
        var weather = new Weather(desk).HoldsAnswer();
        using var client = ClientOf(
            desk,
            weather,
            options => (options.AttemptTime, options.Attempts) = (TimeSpan.FromSeconds(1), 10)
        );
        await client.DecideAsync("quote", Request(), Token);
        Assert.True(weather.Sent >= 2, $"sent {weather.Sent} times");
        Assert.Equal(1, await CountAsync(desk));
    }

    [Fact]
    public async Task A_server_that_cannot_answer_yet_is_asked_again()
    {
        await using var desk = await ServerDesk.StartAsync();
        var weather = new Weather(desk).Answers(408).Answers(429).Answers(500).Answers(502).Answers(503).Answers(504);
        using var client = ClientOf(desk, weather, options => options.Attempts = 7);
        await client.DecideAsync("quote", Request(), Token);
        Assert.Equal(7, weather.Sent);
        Assert.Equal(1, await CountAsync(desk));
    }

    [Fact]
    public async Task Without_any_answer_the_exception_carries_the_key_that_finds_the_decision()
    {
        await using var desk = await ServerDesk.StartAsync();
        var weather = new Weather(desk).LosesAnswer().LosesAnswer();
        using var client = ClientOf(desk, weather, options => options.Attempts = 2);
        var problem = await Assert.ThrowsAsync<HalleyUnavailableException>(() => client.DecideAsync("quote", Request(), Token));
        Assert.Equal(2, problem.Attempts);
        Assert.Contains(problem.Key, problem.Message, StringComparison.Ordinal);
        await client.DecideAsync("quote", Request() with { Key = problem.Key }, Token);
        Assert.Equal(1, await CountAsync(desk));
    }

    [Fact]
    public async Task The_local_fallback_answers_after_the_last_attempt_and_says_so()
    {
        await using var desk = await ServerDesk.StartAsync();
        var weather = new Weather(desk).Answers(503).Answers(503);
        using var client = ClientOf(
            desk,
            weather,
            options =>
            {
                options.Attempts = 2;
                options.Fallback = (decision, request, problem, _) =>
                    ValueTask.FromResult(
                        new DecisionAnswer
                        {
                            Decision = decision,
                            Action = "refer",
                            Reasons = [$"{request.Key == problem.Key} {problem.Status}"],
                        }
                    );
            }
        );
        var answer = await client.DecideAsync("quote", Request(), Token);
        Assert.True(answer.IsLocal);
        Assert.Null(answer.DecisionId);
        Assert.Equal("refer", answer.Action);
        Assert.Equal("True 503", answer.Reasons.Single());
        Assert.Equal(0, await CountAsync(desk));
        // A request that the server refuses is the caller's mistake: no fallback hides it.
        var wrong = Request() with
        {
            Inputs = Inputs(age: 12),
        };
        await Assert.ThrowsAsync<RequestRefusedException>(() => client.DecideAsync("quote", wrong, Token));
    }

    [Fact]
    public async Task Cancelling_stops_at_once_and_asks_no_fallback()
    {
        await using var desk = await ServerDesk.StartAsync();
        var weather = new Weather(desk).HoldsAnswer();
        using var cancel = new CancellationTokenSource();
        using var client = ClientOf(
            desk,
            weather,
            options => options.Fallback = (_, _, _, _) => throw new InvalidOperationException("the fallback was asked")
        );
        var asked = client.DecideAsync("quote", Request(), cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        Assert.Equal(1, weather.Sent);
    }
}
