using System.Diagnostics;
using System.Globalization;
using Halley.Decisions;
using Halley.Registry;
using Halley.Server;
using Halley.Simulation;

namespace Halley.Bench;

/// <summary>Histories, kills and changed bytes by the tests that hold them, and how long a server takes to start on a long log.</summary>
sealed class ReliabilityArea : IArea
{
    const int Decisions = 1_000_000;
    const int Group = 1_000;
    static readonly Actor Bench = Actor.Unverified("bench");

    public string Name => "reliability";

    public IEnumerable<Figure> Measure(BenchOptions options)
    {
        (string Id, string Unit, string Project, string Variable, int Count)[] runs =
        [
            ("histories", "histories", "Halley.Simulation", "HALLEY_SIMULATION_HISTORIES", 5_000),
            ("kills", "kills of each kind", "Halley.Chaos", "HALLEY_CHAOS_KILLS", 1_000),
            ("fuzzed_requests", "requests", "Halley.Server.Tests", "HALLEY_FUZZ_REQUESTS", 10_000_000),
            ("fuzzed_files", "files", "Halley.Specs.Tests", "HALLEY_FUZZ_FILES", 1_000_000),
        ];
        foreach (var (id, unit, project, variable, usual) in runs)
        {
            // The value is the count itself, so that a shorter run says that it is one.
            var asked = Environment.GetEnvironmentVariable(variable);
            if (!options.Wants($"{Name}.{id}") || (options.Quick && asked is null))
                continue;
            var count = asked is null ? usual : int.Parse(asked, CultureInfo.InvariantCulture);
            var seconds = Seconds(project, variable, count, id.StartsWith("fuzzed", StringComparison.Ordinal));
            var settings = string.Create(
                CultureInfo.InvariantCulture,
                $"{variable}={count} tests/{project}: every test passed in {seconds:0} s, nothing acknowledged was lost"
            );
            yield return new($"{Name}.{id}", count, unit, Settings: settings);
        }
        if (options.Wants($"{Name}.restart_seconds"))
            yield return RestartAsync().GetAwaiter().GetResult();
    }

    /// <summary>Runs a test project; a test that fails ends the measurement.</summary>
    static double Seconds(string project, string variable, int count, bool onlyFuzz)
    {
        string[] arguments = ["run", "-c", "Release", "--project", Path.Combine(Shared.ProjectRoot, "tests", project), "--"];
        var start = new ProcessStartInfo("dotnet", onlyFuzz ? [.. arguments, "-class", "*Fuzz*"] : arguments);
        start.Environment[variable] = count.ToString(CultureInfo.InvariantCulture);
        start.RedirectStandardOutput = true;
        var clock = Stopwatch.StartNew();
        using var run = Process.Start(start)!;
        var said = run.StandardOutput.ReadToEnd();
        run.WaitForExit();
        return run.ExitCode == 0
            ? clock.Elapsed.TotalSeconds
            : throw new InvalidOperationException($"tests/{project} with {variable}={count} failed:\n{said}");
    }

    async Task<Figure> RestartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("halley-bench-").FullName;
        try
        {
            await FillAsync(folder);
            var seconds = new List<double>();
            for (var i = 0; i < 5; i++)
                seconds.Add(await StartAsync(folder));
            return new(
                $"{Name}.restart_seconds",
                seconds.Order().ElementAt(2),
                "s",
                Settings: $"{Decisions:N0} decisions in the log of SQLite; from opening the store until the server is ready; median of 5 in one process"
            );
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static async Task FillAsync(string folder)
    {
        await using var store = new LocalStore(folder, TimeProvider.System);
        var definition = DecisionJson.ToBytes(Priced.Definition("quote", 1000));
        var (release, _) = await store.Registry.ReleaseAsync(
            new()
            {
                Decision = "quote",
                Definition = definition,
                By = Bench,
            }
        );
        var draft = new PromotionDraft
        {
            Environment = "production",
            Release = release.Id,
            Role = ReleaseRole.Champion,
            By = Bench,
            Why = "bench",
        };
        await store.Registry.PromoteAsync(draft, new());
        await using var log = store.OpenLog();
        for (var done = 0; done < Decisions; done += Group)
            await log.AppendAsync([.. Enumerable.Range(done, Group).Select(number => Record(log, release.Id, number))]);
    }

    static DecisionRecord Record(DecisionLog log, VersionId release, int number) =>
        new()
        {
            Id = log.NewId(),
            Time = TimeProvider.System.GetUtcNow(),
            Environment = "production",
            Decision = "quote",
            Release = release,
            Revision = 1,
            Arm = ReleaseRole.Champion,
            Probability = 1,
            UnitId = string.Create(CultureInfo.InvariantCulture, $"unit {number}"),
            Inputs = "{\"number\":7}"u8.ToArray(),
            Outputs = "{\"premium\":1007.00}"u8.ToArray(),
        };

    static async Task<double> StartAsync(string folder)
    {
        var options = new ServerOptions
        {
            Store = folder,
            Environment = "production",
            Address = "http://127.0.0.1:0",
        };
        var clock = Stopwatch.StartNew();
        await using var server = DecisionServer.Build(options, TimeProvider.System);
        await server.StartAsync();
        await DecisionServer.ReadyAsync(server, CancellationToken.None);
        var seconds = clock.Elapsed.TotalSeconds;
        await server.StopAsync();
        return seconds;
    }
}
