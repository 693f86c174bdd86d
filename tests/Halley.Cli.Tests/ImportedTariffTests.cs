using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Halley.Server;

namespace Halley.Cli.Tests;

/// <summary>A tariff made elsewhere on the whole road: compared, released, champion, judged for dislocation, shadow.</summary>
public sealed class ImportedTariffTests : IDisposable
{
    /// <summary>A price in place of a frequency: any table of relativities is a model.</summary>
    static readonly string InForce = RatingBook.Tariff("100");

    readonly TemporaryFolder folder = new();

    public ImportedTariffTests()
    {
        RatingBook.Write(folder);
        folder.File(
            "decisions/price.yaml",
            RatingBook.Decision("price", "premium: { value: price, kind: money, currency: EUR }")
        );
        folder.File(
            "gates.yaml",
            """
            production:
              - { gate: dislocation, threshold: 0.1, maximum_share: 0.2, segments: [zone] }
            """
        );
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task It_is_champion_then_its_successor_is_stopped_by_dislocation_and_runs_as_shadow()
    {
        // 1. The tariff in force is champion.
        await ImportAsync(InForce);
        await RunAsync(0, "release", "price");
        await RunAsync(0, "promote", "price@1", "--to", "production", "--portfolio", "book.csv");

        // 2. The next tariff takes 30 % more in the north: 600 of 2,400 policies.
        await ImportAsync(InForce.Replace("north,1\n", "north,1.3\n", StringComparison.Ordinal));
        await RunAsync(0, "release", "price");
        var judged = await RatingBook.JsonAsync(
            folder,
            1,
            "gate",
            "run",
            "price@2",
            "--for",
            "production",
            "--portfolio",
            "book.csv"
        );
        var gate = judged["gates"]!.AsArray().Single()!;
        Assert.False((bool)gate["passed"]!);
        Assert.Equal(0.25, (double)gate["figure"]!, 1e-12);
        Assert.Equal("25 % of 2400 policies change by more than 10 %; 20 % is the limit.", (string)gate["sentence"]!);
        await RunAsync(1, "promote", "price@2", "--to", "production", "--portfolio", "book.csv");

        // 3. As a shadow it sees every request of the champion.
        await RunAsync(0, "promote", "price@2", "--to", "production", "--as", "shadow");
        await using var app = DecisionServer.Build(
            new()
            {
                Store = Path.Combine(folder.Path, ".halley", "store"),
                Environment = "production",
                Address = "http://127.0.0.1:0",
            },
            TimeProvider.System
        );
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = new(app.Urls.First()) };
        var answer = await AskAsync(client, """{"id":"1","zone":"north","doors":3}""");
        Assert.Equal(120.00m, (decimal)answer["outputs"]!["premium"]!);
        var shadow = await ShadowAsync(client, (string)answer["decision_id"]!);
        Assert.Equal(("price@2", 156.00m), ((string)shadow["release"]!, (decimal)shadow["answer"]!["premium"]!));
        Assert.Equal(100.00m, (decimal)(await AskAsync(client, """{"id":"2","zone":null,"doors":2}"""))["outputs"]!["premium"]!);
        await app.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task It_is_compared_with_its_successor_on_every_row()
    {
        await ImportAsync(InForce.Replace("(base),,100", "(base),,0.3", StringComparison.Ordinal));
        await ImportAsync(InForce.Replace("(base),,100", "(base),,0.2", StringComparison.Ordinal), "revised");

        var compared = await RatingBook.JsonAsync(folder, 0, "compare", "tariff", "revised", "--all-rows");

        // By hand, from the file's own cells.
        var (zones, doors) = (
            new Dictionary<string, double>
            {
                ["north"] = 1,
                ["south"] = 1.05,
                ["coast"] = 0.9,
                ["city"] = 1.1,
                [""] = 1,
            },
            new Dictionary<string, double>
            {
                ["2"] = 1,
                ["3"] = 1.2,
                ["4"] = 1.3,
                ["5"] = 1.4,
            }
        );
        var (expected, claims) = (0.0, 0.0);
        foreach (var cells in RatingBook.Text(2400).Trim().Split('\n').Skip(1).Select(line => line.Split(',')))
        {
            expected += double.Parse(cells[5], CultureInfo.InvariantCulture) * zones[cells[1]] * doors[cells[4]];
            claims += double.Parse(cells[6], CultureInfo.InvariantCulture);
        }
        Assert.Equal((2400, claims), ((int)compared["rows"]!, (double)compared["actual"]!));
        var predicted = compared["models"]!.AsArray().Select(model => (double)model!["predicted"]!).ToArray();
        Assert.Equal(0.3 * expected, predicted[0], 1e-9 * expected);
        Assert.Equal(0.2 * expected, predicted[1], 1e-9 * expected);
    }

    async Task ImportAsync(string text, string name = "tariff")
    {
        var run = await RatingBook.ImportAsync(folder, folder.File($"{name}.csv", text), name);
        Assert.True(run.Status == 0, run.Output + run.Messages);
    }

    async Task RunAsync(int status, params string[] arguments)
    {
        var run = await Command.RunAsync([.. arguments, "--project", folder.Path]);
        Assert.True(run.Status == status, $"{string.Join(' ', arguments)}\n{run.Output}{run.Messages}");
    }

    static async Task<JsonNode> AskAsync(HttpClient client, string record)
    {
        using var body = new StringContent($$"""{"inputs":{{record}}}""", Encoding.UTF8, "application/json");
        using var reply = await client.PostAsync("/v1/decisions/price", body, TestContext.Current.CancellationToken);
        var text = await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(reply.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    /// <summary>The answer of the only shadow, which comes after the champion's.</summary>
    static async Task<JsonNode> ShadowAsync(HttpClient client, string decision)
    {
        for (var turn = 0; turn < 200; turn++)
        {
            var text = await client.GetStringAsync($"/v1/log/{decision}", TestContext.Current.CancellationToken);
            if (JsonNode.Parse(text)!["shadows"]!.AsArray() is [{ } shadow])
                return shadow;
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
        throw new TimeoutException("no shadow answered.");
    }
}
