using System.Text.Json.Nodes;
using Halley.Registry;

namespace Halley.Server.Tests;

/// <summary>Tests and what-ifs are logged apart; what-ifs and variants answer many questions in one request.</summary>
public sealed class PurposeTests
{
    [Theory]
    [InlineData("test", Purpose.Test)]
    [InlineData("what_if", Purpose.WhatIf)]
    public async Task What_is_not_live_is_logged_apart_and_enters_no_reading_of_what_was(string word, Purpose purpose)
    {
        await using var desk = await ServerDesk.StartAsync();
        await desk.PromoteAsync(Sample.Priced("7"), ReleaseRole.Shadow);
        await desk.UntilAsync(
            () => desk.GetAsync("/v1/overview"),
            reply => reply.Text.Contains("quote@2", StringComparison.Ordinal)
        );
        var asked = (
            await desk.PostAsync("/v1/decisions/quote", $$"""{"purpose":"{{word}}","inputs":{{Sample.Record}} }""")
        ).Good();
        await desk.DecideAsync();
        await desk.ShadowsDoneAsync();
        var live = new LogQuery { Environment = "production" };
        Assert.NotEqual((string)asked["decision_id"]!, Assert.Single(await AllAsync(desk, live)).Id.ToString());
        Assert.Single(await AllAsync(desk, live with { Environment = null }));
        Assert.Equal(
            (string)asked["decision_id"]!,
            Assert.Single(await AllAsync(desk, live with { Purpose = purpose })).Id.ToString()
        );
        Assert.Equal(1, await desk.Store.LogReader.CountAsync(live));
        // Found by its id all the same, and without a shadow's answer.
        var logged = (await desk.GetAsync($"/v1/log/{asked["decision_id"]}")).Good();
        Assert.Equal(word, (string)logged["purpose"]!);
        Assert.Empty(logged["shadows"]!.AsArray());
        var overview = (await desk.GetAsync("/v1/overview")).Good();
        Assert.Equal(1, (int)overview["traffic"]!["decisions"]!);
        Assert.True((await desk.Store.VerifyLogAsync()).IsWhole);
    }

    [Fact]
    public async Task A_what_if_shows_both_traces_side_by_side_and_changes_nothing_else()
    {
        await using var desk = await ServerDesk.StartAsync(Sample.Priced("value * 0.01 + 5"));
        var first = (await desk.DecideAsync()).Good();
        await desk.PromoteAsync(Sample.Priced("9999"));
        await desk.UntilAsync(() => desk.DecideAsync(), reply => reply["release"] == "quote@2");
        var reply = (await WhatIfAsync(desk, (string)first["decision_id"]!, """{"value":20000}""")).Good();
        Assert.Equal(("quote@1", "what_if"), ((string)reply["release"]!, (string)reply["purpose"]!));
        Assert.Equal("125.00", reply["before"]!["outputs"]!["premium"]!.ToJsonString());
        Assert.Equal("205.00", reply["after"]!["outputs"]!["premium"]!.ToJsonString());
        var step = reply["steps"]!.AsArray().Single(one => (string)one!["name"]! == "premium")!;
        Assert.Equal((125.0, 205.0, true), ((double)step["before"]!, (double)step["after"]!, (bool)step["differs"]!));
        Assert.Contains(reply["steps"]!.AsArray(), one => !(bool)one!["differs"]!);
        var logged = (await desk.GetAsync($"/v1/log/{reply["decision_id"]}")).Good();
        Assert.Equal((string)first["decision_id"]!, (string)logged["original_decision_id"]!);
        Assert.Equal(20000, (double)logged["inputs"]!["value"]!);
    }

    [Fact]
    public async Task A_what_if_that_cannot_be_asked_names_why()
    {
        await using var desk = await ServerDesk.StartAsync();
        var first = (string)(await desk.DecideAsync()).Good()["decision_id"]!;
        var unknown = (await WhatIfAsync(desk, "6f1c1a52-7e0e-4f2e-9b5e-1f1f1f1f1f1f", "{}")).Bad(400, "HLY6004");
        Assert.Equal(
            "earlier_decision_id: is not in the log; expected the id of a decision 'quote' of 'production'",
            Assert.Single(unknown.Errors)
        );
        var wrong = (await WhatIfAsync(desk, first, """{"age":5}""")).Bad(400, "HLY6004");
        Assert.StartsWith("age: ", Assert.Single(wrong.Errors), StringComparison.Ordinal);
        var both = (
            await desk.PostAsync(
                "/v1/decisions/quote",
                $$"""{"earlier_decision_id":"{{first}}","purpose":"live","inputs":{},"changes":{} }"""
            )
        ).Bad(400, "HLY6004");
        Assert.Equal(
            [
                "purpose: does not fit earlier_decision_id; expected what_if, or nothing",
                "inputs: is taken from the earlier decision; expected changes alone",
            ],
            both.Errors.Where(error => !error.Contains("is missing", StringComparison.Ordinal)).Take(2)
        );
    }

    [Fact]
    public async Task Variants_have_an_id_each_and_a_bad_one_fails_alone()
    {
        await using var desk = await ServerDesk.StartAsync(Sample.Priced("value * 0.01"));
        var reply = (
            await VariantsAsync(
                desk,
                """[{"name":"cheap","inputs":{"value":1000}},{"name":"bad","inputs":{"age":5}},{"inputs":{"value":3000}}]"""
            )
        ).Good();
        Assert.Equal((2, 1), ((int)reply["decided"]!, (int)reply["refused"]!));
        var variants = reply["variants"]!.AsArray();
        Assert.Equal(["cheap", "bad", "2"], variants.Select(one => (string)one!["variant"]!));
        Assert.Equal("10.00", variants[0]!["outputs"]!["premium"]!.ToJsonString());
        Assert.Equal("30.00", variants[2]!["outputs"]!["premium"]!.ToJsonString());
        Assert.Equal("age", (string)variants[1]!["errors"]![0]!["field"]!);
        Assert.NotEqual((string)variants[0]!["decision_id"]!, (string)variants[2]!["decision_id"]!);
        var logged = (await desk.GetAsync($"/v1/log/{variants[0]!["decision_id"]}")).Good();
        Assert.Equal(("cheap", 1000.0), ((string)logged["variant"]!, (double)logged["inputs"]!["value"]!));
    }

    [Fact]
    public async Task A_variant_is_what_a_request_of_its_own_would_get()
    {
        await using var desk = await ServerDesk.StartAsync();
        var variants = (
            await VariantsAsync(desk, """[{"inputs":{"value":1000}},{"inputs":{"age":70,"region":"south"}}]""")
        ).Good();
        var alone = (
            await desk.DecideAsync(
                Sample.Record.Replace(
                    "\"age\":40,\"region\":\"north\"",
                    "\"age\":70,\"region\":\"south\"",
                    StringComparison.Ordinal
                )
            )
        ).Good();
        Assert.Equal(alone["outputs"]!.ToJsonString(), variants["variants"]![1]!["outputs"]!.ToJsonString());
    }

    [Fact]
    public async Task A_repeated_request_gets_each_variants_first_answer_and_another_body_is_refused()
    {
        await using var desk = await ServerDesk.StartAsync(Sample.Priced("value * 0.01"));
        const string List = """[{"inputs":{"value":1000}},{"inputs":{"age":5}},{"inputs":{"value":2000}}]""";
        static string[] Ids(JsonNode reply) =>
            [.. reply["variants"]!.AsArray().Select(one => (string?)one!["decision_id"] ?? "none")];
        var first = (await VariantsAsync(desk, List, "k-1")).Good();
        await desk.PromoteAsync(Sample.Priced("1"));
        await desk.UntilAsync(() => desk.DecideAsync(), reply => reply["release"] == "quote@2");
        var again = (await VariantsAsync(desk, List, "k-1")).Good();
        Assert.Equal(Ids(first), Ids(again));
        Assert.Equal("none", Ids(again)[1]);
        (await VariantsAsync(desk, """[{"inputs":{"value":1001}}]""", "k-1")).Bad(409, "HLY6005");
        Assert.Equal(2, (await AllAsync(desk, new() { Environment = "production" })).Count(record => record.Variant is not null));
    }

    [Fact]
    public async Task Variants_that_are_no_list_or_too_many_are_refused_with_their_place()
    {
        await using var desk = await ServerDesk.StartAsync();
        var many = (await VariantsAsync(desk, $"[{string.Join(',', Enumerable.Repeat("{\"inputs\":{}}", 101))}]")).Bad(
            400,
            "HLY6004"
        );
        Assert.Contains("variants: has 101 entries; expected 1 to 100 variants", many.Errors);
        var wrong = (await VariantsAsync(desk, """[{"name":"a","inputs":[]},{"name":"b","input":{}},7]""")).Bad(400, "HLY6004");
        Assert.Equal(
            [
                "variants[0].inputs: can't be taken; expected an object with the inputs that differ",
                "variants[0].inputs: is missing; expected an object with the inputs that differ",
                "variants[1].input: is no field of a variant; expected name (a text), inputs",
                "variants[1].inputs: is missing; expected an object with the inputs that differ",
            ],
            wrong.Errors.Take(4)
        );
        Assert.StartsWith("variants[2]: is not an object", wrong.Errors[4], StringComparison.Ordinal);
        var all = (await VariantsAsync(desk, """[{"inputs":{"age":5}}]""")).Bad(400, "HLY6004");
        Assert.StartsWith("variants[0].inputs.age: ", Assert.Single(all.Errors), StringComparison.Ordinal);
    }

    static async Task<List<DecisionRecord>> AllAsync(ServerDesk desk, LogQuery query)
    {
        var records = new List<DecisionRecord>();
        await foreach (var record in desk.Store.LogReader.DecisionsAsync(query))
            records.Add(record);
        return records;
    }

    static Task<Reply> WhatIfAsync(ServerDesk desk, string id, string changes) =>
        desk.PostAsync("/v1/decisions/quote", $$"""{"earlier_decision_id":"{{id}}","changes":{{changes}} }""");

    static Task<Reply> VariantsAsync(ServerDesk desk, string variants, string? key = null) =>
        desk.PostAsync("/v1/decisions/quote", $$"""{"inputs":{{Sample.Record}},"variants":{{variants}} }""", key);
}
