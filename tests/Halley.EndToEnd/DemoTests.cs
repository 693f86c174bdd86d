using System.Text.Json;
using Halley.Cli;
using Halley.Server;
using Halley.Workbench;

namespace Halley.EndToEnd;

/// <summary>The README's first command, at its smallest size: the whole road runs, and its figures depend on the seed.</summary>
public sealed class DemoTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("halley-demo-").FullName;

    [Fact]
    public async Task The_road_runs_whole_and_its_log_is_proved()
    {
        var summary = await DemoAsync(seed: 1, "http://127.0.0.1:5491");
        Assert.True(summary.GetProperty("simulated").GetBoolean());
        Assert.Equal(12, summary.GetProperty("models").GetArrayLength());
        Assert.Equal(5_500, summary.GetProperty("decisions").GetProperty("served").GetInt32());
        Assert.Contains(summary.GetProperty("shadow").EnumerateArray(), line => line.GetProperty("differ").GetInt64() > 0);
        var randomised = summary
            .GetProperty("value")
            .EnumerateArray()
            .Where(line => line.GetProperty("grade").GetString() == "randomised arm")
            .ToList();
        Assert.Equal(2, randomised.Count);
        Assert.All(randomised, line => Assert.True(line.GetProperty("low").GetDouble() < line.GetProperty("high").GetDouble()));
        Assert.All(randomised, line => Assert.Equal(JsonValueKind.Number, line.GetProperty("truth").ValueKind));

        var proof = (await RunAsync("verify", "log", "--project", folder)).Json();
        Assert.True(proof.GetProperty("whole").GetBoolean());
        Assert.True(proof.GetProperty("proven").GetInt64() > 5_500);
        await ValueIsThatOfTheSummary(summary);
        await ThePageShowsEveryLineAndNoSum(summary);

        var other = await DemoAsync(seed: 2, "http://127.0.0.1:5492");
        Assert.NotEqual(Text(summary, "models"), Text(other, "models"));
        Assert.NotEqual(Text(summary, "value"), Text(other, "value"));
    }

    [Fact]
    public async Task A_folder_with_other_files_is_left_alone()
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "mine.txt"), "mine");
        var run = await RunAsync("demo", "--policies", "10000", "--out", folder, "--exit");
        Assert.Equal(2, run.Status);
        Assert.True(File.Exists(Path.Combine(folder, "mine.txt")));
    }

    /// <summary>The command recomputes the value from log and outcomes alone.</summary>
    async Task ValueIsThatOfTheSummary(JsonElement summary)
    {
        var reports = (await RunAsync("value", "--project", folder)).Json();
        var computed = reports
            .EnumerateArray()
            .SelectMany(report => report.GetProperty("lines").EnumerateArray())
            .Select(line => line.GetProperty("value").GetDouble());
        Assert.Equal(
            summary.GetProperty("value").EnumerateArray().Select(line => line.GetProperty("value").GetDouble()),
            computed
        );
    }

    /// <summary>Money of different grades is never added up, on the page neither.</summary>
    async Task ThePageShowsEveryLineAndNoSum(JsonElement summary)
    {
        const string address = "http://127.0.0.1:5493";
        var settings = new ServerOptions
        {
            Store = Path.Combine(folder, ".halley", "store"),
            Environment = "production",
            Address = address,
            Simulated = true,
        };
        await using var server = DecisionServer.Build(settings, TimeProvider.System, pages => pages.MapWorkbench());
        await server.StartAsync(TestContext.Current.CancellationToken);
        await DecisionServer.ReadyAsync(server, TestContext.Current.CancellationToken);
        await OverviewDrawn(address);
        var page = await Page.TextAsync(address);
        await server.StopAsync(TestContext.Current.CancellationToken);

        var lines = summary.GetProperty("value").EnumerateArray().ToList();
        Assert.All(lines, line => Assert.Contains(line.GetProperty("sentence").GetString()!, page, StringComparison.Ordinal));
        Assert.Contains("simulated", page, StringComparison.Ordinal);
        var figures = lines.Select(line => line.GetProperty("value").GetDouble()).ToList();
        foreach (var sum in (double[])[figures.Sum(), figures.Where((_, i) => i % 3 == 0).Sum()])
        {
            foreach (var format in (string[])["0.00", "0.0", "N0"])
                Assert.DoesNotContain(
                    $"€{Math.Abs(sum).ToString(format, System.Globalization.CultureInfo.InvariantCulture)} ",
                    page,
                    StringComparison.Ordinal
                );
        }
        foreach (var word in (string[])["total earned", "in total", "altogether"])
            Assert.DoesNotContain(word, page, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Waits until the overview holds what the releases earned.</summary>
    static async Task OverviewDrawn(string address)
    {
        using var http = new HttpClient { BaseAddress = new(address) };
        for (var tries = 0; tries < 200; tries++)
        {
            using var overview = JsonDocument.Parse(
                await http.GetStringAsync("v1/overview", TestContext.Current.CancellationToken)
            );
            if (overview.RootElement.GetProperty("value").GetArrayLength() > 0)
                return;
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
        Assert.Fail("the overview never told what the releases earned.");
    }

    async Task<JsonElement> DemoAsync(int seed, string address)
    {
        var run = await RunAsync(
            "demo",
            "--policies",
            "10000",
            "--seed",
            $"{seed}",
            "--out",
            folder,
            "--address",
            address,
            "--exit"
        );
        Assert.True(run.Status == 0, run.Messages);
        return run.Json();
    }

    static async Task<CommandRun> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var messages = new StringWriter();
        var status = await CommandLine.RunAsync([.. arguments, "--json"], output, messages);
        return new(status, output.ToString(), messages.ToString());
    }

    static string Text(JsonElement summary, string part) => summary.GetProperty(part).GetRawText();

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
