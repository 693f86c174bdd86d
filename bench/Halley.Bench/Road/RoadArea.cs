using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Halley.Bench;

/// <summary>How long the whole road takes: <c>halley demo --exit</c> with 100,000 policies, as a user runs it.</summary>
sealed class RoadArea : IArea
{
    public string Name => "road";

    public IEnumerable<Figure> Measure(BenchOptions options)
    {
        var seconds = Enumerable.Range(0, options.Quick ? 1 : 3).Select(_ => DemoSeconds()).Order().ToArray();
        yield return new(
            "road.demo_seconds",
            seconds[seconds.Length / 2],
            "s",
            Settings: "halley demo --exit --json, 100,000 policies, seed 1, from start to summary"
        );
    }

    static double DemoSeconds()
    {
        var folder = Directory.CreateTempSubdirectory("halley-bench-").FullName;
        try
        {
            var command = typeof(Halley.Cli.CommandLine).Assembly.Location;
            string[] arguments =
            [
                command,
                "demo",
                "--exit",
                "--json",
                "--out",
                Path.Combine(folder, "demo"),
                "--address",
                "http://127.0.0.1:5499",
            ];
            using var process = Process.Start(
                new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true }
            )!;
            var printed = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0)
                throw new InvalidOperationException(
                    $"the demo ended with {process.ExitCode.ToString(CultureInfo.InvariantCulture)}: {printed}"
                );
            using var summary = JsonDocument.Parse(printed);
            return summary.RootElement.GetProperty("seconds").GetDouble();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
