using Halley.Data;
using Halley.Registry;

namespace Halley.Server.Tests;

/// <summary>Which release answers: by effective date, transaction, original decision and schema.</summary>
public sealed class TimetableTests
{
    static readonly Actor Alice = Actor.Unverified("alice");

    [Fact]
    public async Task The_effective_date_and_the_transaction_choose_the_release_and_the_log_keeps_both()
    {
        await using var desk = await ServerDesk.StartAsync(Sample.Priced("100"));
        await ScheduleAsync(desk, "200", Transaction.Renewal, new(2030, 4, 1));
        Task<Reply> Ask(string more) => AskAsync(desk, more);
        var renewal = await desk.UntilAsync(
            () => Ask("\"transaction\":\"renewal\",\"as_of\":\"2030-04-01\","),
            reply => reply["release"] == "quote@2"
        );
        Assert.Equal("200.00", renewal.Json["outputs"]!["premium"]!.ToJsonString());
        Assert.Equal("quote@1", (await Ask("\"transaction\":\"renewal\",\"as_of\":\"2030-03-31\","))["release"]);
        Assert.Equal("quote@1", (await Ask("\"as_of\":\"2030-04-01\","))["release"]);
        Assert.Equal("quote@1", (await Ask("\"transaction\":\"renewal\","))["release"]);
        var logged = (await desk.GetAsync($"/v1/log/{renewal["decision_id"]}")).Good();
        Assert.Equal(
            ("2030-04-01", "renewal", "timetable"),
            ((string)logged["as_of"]!, (string)logged["transaction"]!, (string)logged["route"]!)
        );
    }

    [Fact]
    public async Task An_adjustment_is_priced_by_the_release_of_its_original_decision()
    {
        await using var desk = await ServerDesk.StartAsync(Sample.Priced("100"));
        var first = (await desk.DecideAsync()).Good();
        await desk.PromoteAsync(Sample.Priced("300"));
        await desk.UntilAsync(() => desk.DecideAsync(), reply => reply["release"] == "quote@2");
        var adjusted = await AskAsync(
            desk,
            $"\"transaction\":\"adjustment\",\"original_decision_id\":\"{first["decision_id"]}\","
        );
        adjusted.Good();
        Assert.Equal(("quote@1", "100.00"), (adjusted["release"], adjusted.Json["outputs"]!["premium"]!.ToJsonString()));
        // An adjustment of the adjustment is still priced by the first release; also after a restart.
        await desk.RestartAsync();
        var again = await AskAsync(
            desk,
            $"\"transaction\":\"adjustment\",\"original_decision_id\":\"{adjusted["decision_id"]}\","
        );
        Assert.Equal("quote@1", again["release"]);
    }

    [Theory]
    [InlineData(
        "\"transaction\":\"adjustment\",",
        "original_decision_id: is missing; expected the id of the decision that is adjusted"
    )]
    [InlineData(
        "\"transaction\":\"adjustment\",\"original_decision_id\":\"6f1c1a52-7e0e-4f2e-9b5e-1f1f1f1f1f1f\",",
        "original_decision_id: is not in the log; expected the id of a decision 'quote' of 'production'"
    )]
    [InlineData("\"transaction\":\"adjust\",", "transaction: is no transaction; expected new_business, renewal, adjustment")]
    [InlineData("\"as_of\":\"1 April\",", "as_of: is no date; expected a date as 2026-04-01")]
    [InlineData(
        "\"original_decision_id\":\"6f1c1a52-7e0e-4f2e-9b5e-1f1f1f1f1f1f\",",
        "original_decision_id: is only for adjustments; expected transaction adjustment"
    )]
    public async Task What_does_not_fit_is_named(string more, string error)
    {
        await using var desk = await ServerDesk.StartAsync();
        var reply = (await AskAsync(desk, more)).Bad(400, "HLY6004");
        Assert.Equal(error, Assert.Single(reply.Errors));
    }

    [Fact]
    public async Task A_request_that_names_a_kept_schema_is_answered_by_the_release_that_has_it()
    {
        await using var desk = await ServerDesk.StartAsync();
        var schema = (string)(await desk.GetAsync("/v1/decisions/quote")).Good()["schema"]!;
        var wider = Sample.Quote with
        {
            Inputs = new([.. Sample.Quote.Inputs.Fields, new() { Name = "fuel", Kind = FieldKind.Text }]),
        };
        var release = await ReleaseAsync(desk, wider);
        await desk.Store.Registry.PromoteAsync(Draft(release) with { KeepSchema = true }, new());
        await desk.UntilAsync(() => desk.DecideAsync(), reply => reply.Status == 400);
        Assert.Equal("quote@1", (await AskAsync(desk, $"\"schema\":\"{schema}\","))["release"]);
        var reply = (await AskAsync(desk, "\"schema\":\"abc\",")).Bad(400, "HLY6004");
        Assert.Contains(
            "schema: is not served",
            reply.Text.Replace("\\u0027", "'", StringComparison.Ordinal) + string.Join(' ', reply.Errors),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_stopped_model_is_answered_for_by_the_fallback_until_it_is_resumed()
    {
        await using var desk = await ServerDesk.StartAsync();
        Assert.Equal("accept", (await desk.DecideAsync())["action"]);
        var changes = await desk.Store.Registry.StopModelAsync("count", Alice, "wrong levels");
        Assert.Equal(ChangeKind.Stop, Assert.Single(changes).Kind);
        var stopped = await desk.UntilAsync(() => desk.DecideAsync(), reply => reply["fallback"] == "true");
        Assert.Equal("refer", stopped["action"]);
        var logged = (await desk.GetAsync($"/v1/log/{stopped["decision_id"]}")).Good();
        Assert.Equal("refer: model count@1: it was stopped by alice: wrong levels", (string)logged["fallback"]!);
        Assert.Empty(await desk.Store.Registry.StopModelAsync("count", Alice, "again"));
        await desk.Store.Registry.ResumeModelAsync("count", Alice, "mended");
        await desk.UntilAsync(() => desk.DecideAsync(), reply => reply["fallback"] == "false");
    }

    [Fact]
    public async Task A_model_that_nobody_has_or_uses_cannot_be_stopped()
    {
        await using var desk = await ServerDesk.StartAsync();
        var none = await Assert.ThrowsAsync<HalleyException>(() => desk.Store.Registry.StopModelAsync("cuont", Alice, "x"));
        Assert.StartsWith("HLY5110", none.Message, StringComparison.Ordinal);
        var unused = await Assert.ThrowsAsync<HalleyException>(() => desk.Store.Registry.StopModelAsync("strict", Alice, "x"));
        Assert.StartsWith("HLY5212", unused.Message, StringComparison.Ordinal);
    }

    static Task<Reply> AskAsync(ServerDesk desk, string more) =>
        desk.PostAsync("/v1/decisions/quote", $$"""{{{more}}"inputs":{{Sample.Record}} }""");

    static async Task ScheduleAsync(ServerDesk desk, string premium, Transaction transaction, DateOnly from)
    {
        var release = await ReleaseAsync(desk, Sample.Priced(premium));
        await desk.Store.Registry.PromoteAsync(Draft(release) with { Transaction = transaction, Effective = from }, new());
    }

    static async Task<VersionId> ReleaseAsync(ServerDesk desk, Decisions.DecisionDefinition definition)
    {
        var (release, _) = await desk.Store.Registry.ReleaseAsync(
            new()
            {
                Decision = definition.Name,
                Definition = Decisions.DecisionJson.ToBytes(definition),
                Models = [.. definition.Models.Select(model => model.Reference)],
                By = Alice,
            }
        );
        return release.Id;
    }

    static PromotionDraft Draft(VersionId release) =>
        new()
        {
            Environment = "production",
            Release = release,
            By = Alice,
            Why = "test",
        };
}
