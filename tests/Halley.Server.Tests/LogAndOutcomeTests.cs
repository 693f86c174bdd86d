using Halley.Registry;

namespace Halley.Server.Tests;

public sealed class LogAndOutcomeTests
{
    [Fact]
    public async Task A_decision_is_read_back_with_steps_shadows_and_outcomes()
    {
        await using var desk = await ServerDesk.PrepareAsync();
        await desk.PromoteAsync(Sample.Priced("500"), ReleaseRole.Shadow);
        await desk.StartServerAsync();
        var answer = (await desk.DecideAsync(requestId: "r-1")).Good();
        var id = (string)answer["decision_id"]!;
        await desk.ShadowsDoneAsync();
        (await desk.PostAsync("/v1/outcomes", Outcome("o-1", id))).Good();
        var logged = (await desk.GetAsync($"/v1/log/{id}")).Good();
        Assert.Equal(
            ("quote@1", "champion", "q-1", "r-1", "live", "production"),
            (
                (string)logged["release"]!,
                (string)logged["arm"]!,
                (string)logged["unit_id"]!,
                (string)logged["request_id"]!,
                (string)logged["purpose"]!,
                (string)logged["environment"]!
            )
        );
        Assert.Equal(Sample.Record, logged["inputs"]!.ToJsonString());
        Assert.Equal(answer["outputs"]!["premium"]!.ToJsonString(), logged["answer"]!["premium"]!.ToJsonString());
        Assert.NotNull(logged["steps"]!["premium"]);
        var shadow = Assert.Single(logged["shadows"]!.AsArray())!;
        Assert.Equal(("quote@2", "500.00"), ((string)shadow["release"]!, shadow["answer"]!["premium"]!.ToJsonString()));
        Assert.Null(shadow["error"]);
        var outcome = Assert.Single(logged["outcomes"]!.AsArray())!;
        Assert.Equal(
            ("o-1", "converted", 1.5, "2026-03-31"),
            (
                (string)outcome["outcome_id"]!,
                (string)outcome["kind"]!,
                (double)outcome["value"]!,
                (string)outcome["valuation_date"]!
            )
        );
    }

    [Fact]
    public async Task An_outcome_posted_twice_counts_once()
    {
        await using var desk = await ServerDesk.StartAsync();
        var id = (string)(await desk.DecideAsync()).Good()["decision_id"]!;
        Assert.Equal("""{"accepted":1,"repeated":0}""", (await desk.PostAsync("/v1/outcomes", Outcome("o-1", id))).Text);
        Assert.Equal("""{"accepted":0,"repeated":1}""", (await desk.PostAsync("/v1/outcomes", Outcome("o-1", id))).Text);
        await desk.RestartAsync();
        Assert.Equal("""{"accepted":0,"repeated":1}""", (await desk.PostAsync("/v1/outcomes", Outcome("o-1", id))).Text);
        Assert.Single((await desk.GetAsync($"/v1/log/{id}")).Good()["outcomes"]!.AsArray());
    }

    [Fact]
    public async Task Outcomes_of_unknown_decisions_are_listed_and_none_is_taken()
    {
        await using var desk = await ServerDesk.StartAsync();
        var id = (string)(await desk.DecideAsync()).Good()["decision_id"]!;
        var (one, two) = (Guid.NewGuid(), Guid.NewGuid());
        var body = $$"""{"outcomes":[{{Item("o-1", id)}},{{Item("o-2", one)}},{{Item("o-3", two)}}]}""";
        var detail = (await desk.PostAsync("/v1/outcomes", body)).Bad(400, "HLY5501")["detail"];
        Assert.Contains($"outcome 'o-2': there is no decision {one}; outcome 'o-3': there is no decision {two}", detail);
        Assert.Empty((await desk.GetAsync($"/v1/log/{id}")).Good()["outcomes"]!.AsArray());
    }

    [Fact]
    public async Task Everything_wrong_with_outcomes_is_told_at_once_by_place()
    {
        await using var desk = await ServerDesk.StartAsync();
        var reply = await desk.PostAsync(
            "/v1/outcomes",
            """
            {"outcomes":[{"outcome_id":"o-1","decision_id":"7","kind":"converted","valuation_date":"31.3.2026"},
             {"outcome_id":null,"decision_id":"0197f7a0-0000-7000-8000-000000000000","kind":"converted","value":"1","valuation_date":"2026-03-31","vlaue":1},7]}
            """
        );
        Assert.Equal(
            [
                "outcomes[0].decision_id: can't be taken; expected the id of a decision",
                "outcomes[0].value: is missing; expected a number",
                "outcomes[0].valuation_date: can't be taken; expected a date as 2026-03-31",
                "outcomes[1].vlaue: is no field of an outcome; expected outcome_id, decision_id, kind, value, valuation_date, verdict",
                "outcomes[1].outcome_id: is missing; expected a text of the sender's own",
                "outcomes[1].value: can't be taken; expected a number",
                "outcomes[2]: is not an object; expected outcome_id, decision_id, kind, value, valuation_date, verdict",
            ],
            reply.Bad(400, "HLY6004").Errors
        );
        Assert.StartsWith("outcomes: is missing", (await desk.PostAsync("/v1/outcomes", "{}")).Bad(400, "HLY6004").Errors[0]);
        (await desk.PostAsync("/v1/outcomes", "{\"outcomes\":[NaN]}")).Bad(400, "HLY6004");
    }

    static string Outcome(string id, string decision) => $$"""{"outcomes":[{{Item(id, decision)}}]}""";

    static string Item(string id, object decision) =>
        $$"""{"outcome_id":"{{id}}","decision_id":"{{decision}}","kind":"converted","value":1.5,"valuation_date":"2026-03-31"}""";
}
