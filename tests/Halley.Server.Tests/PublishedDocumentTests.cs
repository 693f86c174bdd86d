using System.Text.Json.Nodes;
using Halley.Data;
using Halley.Registry;

namespace Halley.Server.Tests;

/// <summary>What the server says about itself.</summary>
[Collection(nameof(Alone))]
public sealed class PublishedDocumentTests
{
    [Fact]
    public async Task OpenAPI_holds_the_schema_of_each_live_decision()
    {
        await using var desk = await ServerDesk.PrepareAsync();
        await desk.PromoteAsync(
            Sample.Quote with
            {
                Name = "renewal",
                Inputs = new([.. Sample.Quote.Inputs.Fields, new() { Name = "years", Kind = FieldKind.Number }]),
            }
        );
        await desk.StartServerAsync();
        var paths = (await desk.GetAsync("/openapi.json")).Good()["paths"]!;
        JsonNode Schema(string name) =>
            paths[$"/v1/decisions/{name}"]!["post"]!["requestBody"]!["content"]!["application/json"]!["schema"]!["properties"]![
                "inputs"
            ]!;
        Assert.Equal("""{"type":"integer","minimum":17,"maximum":110}""", Schema("quote")["properties"]!["age"]!.ToJsonString());
        Assert.Equal("""["north","south","east"]""", Schema("quote")["properties"]!["region"]!["enum"]!.ToJsonString());
        Assert.Equal("""["age","region","value","licence"]""", Schema("quote")["required"]!.ToJsonString());
        Assert.Null(Schema("quote")["properties"]!["years"]);
        Assert.NotNull(Schema("renewal")["properties"]!["years"]);
        foreach (var path in new[] { "/v1/decisions", "/v1/log/{decision_id}", "/v1/outcomes", "/v1/overview" })
            Assert.NotNull(paths[path]);
    }

    [Fact]
    public async Task The_catalog_lists_what_is_live_and_shows_its_inputs_and_outputs()
    {
        await using var desk = await ServerDesk.StartAsync();
        Assert.Equal(
            """[{"name":"quote","description":"Price of a policy.","champion":"quote@1","address":"/v1/decisions/quote"}]""",
            (await desk.GetAsync("/v1/decisions")).Text
        );
        var shown = (await desk.GetAsync("/v1/decisions/quote")).Good();
        Assert.Equal("""["accept","refer","decline"]""", shown["actions"]!.ToJsonString());
        Assert.StartsWith("EUR, 2 decimals", (string)shown["outputs"]!["properties"]!["premium"]!["description"]!);
    }

    [Fact]
    public async Task Health_tells_live_and_ready()
    {
        await using var desk = await ServerDesk.StartAsync();
        Assert.Equal("""{"status":"live","problem":null}""", (await desk.GetAsync("/health/live")).Text);
        Assert.Equal("""{"status":"ready","problem":null}""", (await desk.GetAsync("/health/ready")).Text);
    }

    [Fact]
    public async Task Metrics_count_decisions_and_their_time()
    {
        await using var desk = await ServerDesk.StartAsync();
        for (var i = 0; i < 3; i++)
            (await desk.DecideAsync()).Good();
        var metrics = await desk.UntilAsync(
            () => desk.GetAsync("/metrics"),
            reply => reply.Text.Contains("halley_decisions_total", StringComparison.Ordinal)
        );
        Assert.Contains(
            metrics.Text.Split('\n'),
            line =>
                line.StartsWith("halley_decisions_total", StringComparison.Ordinal)
                && line.Contains(" 3", StringComparison.Ordinal)
        );
        Assert.Contains("halley_decision_duration_seconds_count", metrics.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_overview_holds_what_the_page_shows()
    {
        await using var desk = await ServerDesk.PrepareAsync(configure: options => options with { Simulated = true });
        await desk.PromoteAsync(Sample.Priced("600"), ReleaseRole.Challenger, 0.25);
        await desk.PromoteAsync(Sample.Priced("500"), ReleaseRole.Shadow);
        await desk.StartServerAsync();
        for (var i = 0; i < 25; i++)
            (await desk.DecideAsync(Sample.Record.Replace("q-1", $"q-{i}", StringComparison.Ordinal))).Good();
        await desk.ShadowsDoneAsync();
        var overview = (
            await desk.UntilAsync(() => desk.GetAsync("/v1/overview"), reply => reply.Json["environments"]!.AsArray().Count > 0)
        ).Good();
        Assert.Equal(("production", true), ((string)overview["environment"]!, (bool)overview["simulated"]!));
        var live = overview["environments"]![0]!["decisions"]![0]!;
        Assert.Equal("""{"release":"quote@1","share":0.75}""", live["champion"]!.ToJsonString());
        Assert.Equal("""[{"release":"quote@2","share":0.25}]""", live["challengers"]!.ToJsonString());
        Assert.Equal("quote@3", (string)live["shadows"]![0]!["release"]!);
        var traffic = overview["traffic"]!;
        Assert.Equal((25, 0), ((int)traffic["decisions"]!, (int)traffic["fallbacks"]!));
        Assert.True((double)traffic["latency_ms"]!["p50"]! <= (double)traffic["latency_ms"]!["p99"]!);
        Assert.True((double)traffic["decisions_per_second"]! > 0);
        Assert.Equal(25, overview["shadow"]!.AsArray().Sum(line => (int)line!["compared"]!));
        var latest = overview["latest"]!.AsArray();
        Assert.Equal(20, latest.Count);
        var times = latest.Select(one => (DateTimeOffset)one!["time"]!).ToList();
        Assert.Equal(times.OrderDescending(), times);
        Assert.Equal(
            ["decision_id", "time", "decision", "release", "arm", "action", "outputs", "reasons", "steps", "fallback"],
            latest[0]!.AsObject().Select(member => member.Key)
        );
        Assert.Contains(latest[0]!["steps"]!.AsArray(), step => (string)step!["name"]! == "premium");
        Assert.Empty(overview["value"]!.AsArray());
    }
}
