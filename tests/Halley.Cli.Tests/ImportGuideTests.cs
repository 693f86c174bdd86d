using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Halley.Models;

namespace Halley.Cli.Tests;

/// <summary>The guide from a saved model to a live decision, run as it is written for each library, from an empty folder.</summary>
public sealed partial class ImportGuideTests : IDisposable
{
    const int Rows = 200;

    readonly TemporaryFolder folder = new();
    readonly List<Process> servers = [];

    public void Dispose()
    {
        foreach (var server in servers)
        {
            server.Kill(entireProcessTree: true);
            server.WaitForExit();
            server.Dispose();
        }
        folder.Dispose();
    }

    [Theory]
    [InlineData("xgboost-3.2.0-poisson-margin", "ubj", 1e-5)]
    [InlineData("lightgbm-4.7.0-poisson-init-score", "txt", 1e-12)]
    [InlineData("catboost-1.2.10-poisson-baseline", "cbm", 1e-6)]
    public async Task Every_command_of_the_guide_runs(string oracle, string ending, double tolerance)
    {
        File.Copy(SharedData.Path($"oracles/models/{oracle}/model.{ending}"), In($"frequency.{ending}"));
        WriteRows(oracle);
        Assert.True(File.Exists(In("scored.csv")));
        var guide = await File.ReadAllTextAsync(
            Path.Combine(ProjectRoot.Path, "docs", "guide", "import.md"),
            TestContext.Current.CancellationToken
        );
        var served = "";
        foreach (Match block in Block().Matches(guide))
        {
            if (block.Groups[1].Value == "yaml")
            {
                folder.File(Name().Match(block.Groups[2].Value).Groups[1].Value, block.Groups[2].Value);
                continue;
            }
            foreach (var line in block.Groups[2].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                served = await RunAsync(line, ending, served);
        }

        // Rows that agreed are those by which the artefact checks itself.
        var model = Artefact.Read(
            await File.ReadAllBytesAsync(In(".halley/models/frequency.hlm"), TestContext.Current.CancellationToken)
        );
        Assert.Equal(Rows, model.CheckRows.RowCount);
        Assert.True(File.Exists(In("shap.parquet")));
        // What is live is what the library predicts for a year.
        var requests = File.ReadLines(In("requests.csv")).Select(line => line.Split(',')).ToList();
        var (raw, offsets) = (Lines(oracle, "raw.csv"), Lines(oracle, "offset.csv"));
        for (var row = 1; row <= 20; row++)
        {
            // LightGBM's raw scores never have the offset in them.
            var offset = ending == "txt" ? 0 : double.Parse(offsets[row], CultureInfo.InvariantCulture);
            var claims = await AskAsync(served, BodyOf(requests[0], requests[row]));
            Assert.Equal(1, claims / Math.Exp(double.Parse(raw[row], CultureInfo.InvariantCulture) - offset), tolerance);
        }
    }

    /// <summary>Runs a line of the guide that is about this library, and says where decisions are served by now.</summary>
    async Task<string> RunAsync(string line, string ending, string served)
    {
        line = line.Split("   #")[0];
        if (line.StartsWith("echo", StringComparison.Ordinal))
        {
            folder.File("quote.json", line.Split('\'')[1]);
            return served;
        }
        if (line.StartsWith("curl", StringComparison.Ordinal))
        {
            Assert.Contains(" -X POST http://127.0.0.1:5480/v1/decisions/quote -H 'content-type: application/json' -d ", line);
            var quote = await File.ReadAllTextAsync(In("quote.json"), TestContext.Current.CancellationToken);
            var decided = await Command.RunAsync(
                "decide",
                "quote",
                "--input",
                In("quote.json"),
                "--project",
                folder.Path,
                "--json"
            );
            Assert.Equal(
                decided.Json().GetProperty("outputs").GetProperty("claims").GetDouble(),
                await AskAsync(served, "{\"inputs\": " + quote + "}")
            );
            return served;
        }
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).ToList();
        if (words[0] == "serve")
            return await ServeAsync(words);
        if (words[0] == "import" && words.Contains("--features"))
        {
            // The line stands there for XGBoost; another library's has its own file, as in step 2.
            words[1] = $"frequency.{ending}";
            words.AddRange(ending == "txt" ? ["--at-exposure", "1"] : []);
        }
        else if (words[0] == "import" && words[1] != $"frequency.{ending}")
        {
            return served;
        }
        var run = await Command.RunAsync([.. words.Select(Placed), "--project", folder.Path]);
        Assert.True(run.Status == 0, $"{line}\n{run.Output}{run.Messages}");
        return served;
    }

    /// <summary>Files stand in the folder, as for a reader of the guide.</summary>
    string Placed(string word) => FileName().IsMatch(word) ? In(word) : word;

    async Task<string> ServeAsync(List<string> words)
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}";
        probe.Stop();
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "halley"))
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var word in words.Append("--address").Append(address))
            start.ArgumentList.Add(word);
        var server = Process.Start(start)!;
        servers.Add(server);
        var told = await server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.Equal($"serving dev at {address} (Ctrl-C stops)", told);
        // Whoever types the next line by hand leaves it the time to read the registry.
        using var client = new HttpClient();
        while (
            (await client.GetAsync(new Uri($"{address}/health/ready"), TestContext.Current.CancellationToken)).StatusCode
            != HttpStatusCode.OK
        )
            await Task.Delay(50, TestContext.Current.CancellationToken);
        return address;
    }

    static async Task<double> AskAsync(string served, string body)
    {
        using var client = new HttpClient();
        using var content = new StringContent(body, new MediaTypeHeaderValue("application/json"));
        using var response = await client.PostAsync(
            new Uri($"{served}/v1/decisions/quote"),
            content,
            TestContext.Current.CancellationToken
        );
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement.GetProperty("outputs").GetProperty("claims").GetDouble();
    }

    static string BodyOf(string[] names, string[] cells)
    {
        var fields = names
            .Zip(cells, (name, cell) => name is "fuel" or "area" ? $"\"{name}\": \"{cell}\"" : $"\"{name}\": {cell}")
            .Where(pair =>
                !pair.StartsWith("\"exposure\"", StringComparison.Ordinal)
                && !pair.StartsWith("\"prediction\"", StringComparison.Ordinal)
            );
        return "{\"inputs\": {\"id\": \"1\", " + string.Join(", ", fields) + "}}";
    }

    /// <summary>What the guide's Python writes: the model's columns, and the same rows as a request has them.</summary>
    void WriteRows(string oracle)
    {
        var (inputs, offsets) = (Lines(oracle, "input.csv"), Lines(oracle, "offset.csv"));
        var predictions = Lines(oracle, "prediction.csv");
        Assert.Equal("VehPower,VehAge,DrivAge,BonusMalus,LogDensity,AreaCode,Diesel", inputs[0]);
        var (scored, requests) = (new List<string>(), new List<string>());
        scored.Add(inputs[0] + ",exposure,prediction");
        requests.Add("VehPower,VehAge,DrivAge,BonusMalus,density,area,fuel,exposure,prediction");
        for (var row = 1; row <= Rows; row++)
        {
            double At(string text) => double.Parse(text, CultureInfo.InvariantCulture);
            var (cells, years) = (inputs[row].Split(','), Math.Exp(At(offsets[row])).ToString("R", CultureInfo.InvariantCulture));
            scored.Add($"{inputs[row]},{years},{predictions[row]}");
            string[] asked =
            [
                .. cells[..4],
                Math.Exp(At(cells[4])).ToString("R", CultureInfo.InvariantCulture),
                $"{(char)('A' - 1 + (int)At(cells[5]))}",
                cells[6] == "1" ? "diesel" : "petrol",
            ];
            requests.Add($"{string.Join(',', asked)},{years},{predictions[row]}");
        }
        folder.File("scored.csv", string.Join('\n', scored) + "\n");
        folder.File("requests.csv", string.Join('\n', requests) + "\n");
    }

    string In(string name) => Path.Combine(folder.Path, name);

    static List<string> Lines(string oracle, string file) =>
        [.. File.ReadLines(SharedData.Path($"oracles/models/{oracle}/{file}"))];

    [GeneratedRegex(@"```(yaml|sh)\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^# (\S+)")]
    private static partial Regex Name();

    [GeneratedRegex(@"^[a-z]+\.(ubj|txt|cbm|csv|yaml|json|parquet)$")]
    private static partial Regex FileName();
}
