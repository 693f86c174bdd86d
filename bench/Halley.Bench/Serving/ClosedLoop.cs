using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Halley.Bench;

/// <summary>Load by wrk from the second core: connections that send the next request as soon as they have an answer.</summary>
sealed partial class ClosedLoop(string folder)
{
    const int Connections = 64;

    /// <summary>Names the script and its requests. Default <c>load</c>.</summary>
    public string Name { get; init; } = "load";

    string Bodies => Path.Combine(folder, $"{Name}.txt");

    string Script => Path.Combine(folder, $"{Name}.lua");

    /// <summary>Seconds of warm-up and of measuring. Default 3 and 10.</summary>
    public (int WarmUp, int Measured) Seconds { get; init; } = (3, 10);

    /// <summary>Requests that wrk's script sends in turn.</summary>
    public void Prepare(IReadOnlyList<string> bodies)
    {
        File.WriteAllLines(Bodies, bodies);
        File.WriteAllText(
            Script,
            $$"""
            local requests, n = {}, 0
            function init(arguments)
              for line in io.lines("{{Bodies}}") do
                n = n + 1
                requests[n] = wrk.format("POST", nil, {["Content-Type"] = "application/json"}, line)
              end
            end
            local i = 0
            function request()
              i = i % n + 1
              return requests[i]
            end
            """
        );
    }

    /// <summary>Answers a second.</summary>
    /// <param name="script">False for a GET of the address itself.</param>
    /// <exception cref="InvalidOperationException">An answer was no 200, or a connection failed.</exception>
    public double PerSecond(string address, bool script = true)
    {
        Run(address, Seconds.WarmUp, script);
        return Run(address, Seconds.Measured, script);
    }

    double Run(string address, int seconds, bool script)
    {
        string[] body = script ? ["-s", Script] : [];
        var start = new ProcessStartInfo(
            "taskset",
            ["-c", "1", "wrk", "-t", "1", "-c", $"{Connections}", "-d", $"{seconds}s", .. body, address]
        )
        {
            RedirectStandardOutput = true,
        };
        using var wrk = Process.Start(start)!;
        var printed = wrk.StandardOutput.ReadToEnd();
        wrk.WaitForExit();
        if (
            wrk.ExitCode != 0
            || printed.Contains("Non-2xx", StringComparison.Ordinal)
            || printed.Contains("Socket errors", StringComparison.Ordinal)
        )
            throw new InvalidOperationException($"wrk {address}: {printed}");
        return double.Parse(Rate().Match(printed).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"Requests/sec:\s+([0-9.]+)")]
    private static partial Regex Rate();
}
