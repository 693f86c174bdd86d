using System.Diagnostics;
using System.Text;

namespace Halley.Chaos;

/// <summary>A victim as the tests see it: the lines it said, and the means to end it.</summary>
sealed class VictimProcess : IDisposable
{
    readonly Process process;
    readonly Task reading;
    readonly List<string[]> lines = [];
    volatile int lineCount;
    volatile string? address;

    VictimProcess(Process process)
    {
        this.process = process;
        reading = Task.Run(ReadAsync);
    }

    internal static VictimProcess Start(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        return new(Process.Start(start)!);
    }

    /// <summary>Starts this program as a victim.</summary>
    internal static VictimProcess Start(string work, string folder, params IEnumerable<string> arguments) =>
        Start(Environment.ProcessPath!, [.. Command(work, folder), .. arguments]);

    /// <summary>The arguments that make this program a victim.</summary>
    internal static IReadOnlyList<string> Command(string work, string folder) => ["victim", work, folder];

    /// <summary>Waits until the victim has said so many lines; the first one says that its store is open.</summary>
    internal async Task SaidAsync(int count)
    {
        var limit = Stopwatch.StartNew();
        while (lineCount < count)
        {
            Assert.False(reading.IsCompleted, "the victim ended by itself");
            Assert.True(
                limit.Elapsed < TimeSpan.FromMinutes(3),
                $"the victim said {lineCount} of {count} lines in three minutes"
            );
            await Task.Delay(5);
        }
    }

    /// <summary>Waits until a server said where it listens.</summary>
    internal async Task<string> AddressAsync()
    {
        var limit = Stopwatch.StartNew();
        while (address is null)
        {
            Assert.False(reading.IsCompleted, "the server ended by itself");
            Assert.True(limit.Elapsed < TimeSpan.FromMinutes(3), "the server did not start in three minutes");
            await Task.Delay(5);
        }
        return address;
    }

    /// <summary>SIGKILL. Then the whole lines that the victim said.</summary>
    internal async Task<IReadOnlyList<string[]>> KillAsync()
    {
        process.Kill();
        return await LinesAsync();
    }

    /// <summary>Asks for an orderly end and waits for it. Then the lines.</summary>
    internal async Task<IReadOnlyList<string[]>> StopAsync()
    {
        process.StandardInput.Close();
        return await LinesAsync();
    }

    internal async Task<IReadOnlyList<string[]>> LinesAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await process.WaitForExitAsync(limit.Token);
        await reading;
        return lines;
    }

    internal int ExitCode => process.ExitCode;

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }

    async Task ReadAsync()
    {
        var text = new StringBuilder();
        var buffer = new char[1 << 16];
        int count;
        while ((count = await process.StandardOutput.ReadAsync(buffer)) > 0)
        {
            text.Append(buffer, 0, count);
            if (address is null && text.Length < 4096)
                address = AddressIn(text.ToString());
            lineCount += buffer.AsSpan(0, count).Count('\n');
        }
        // A line without its end was cut by the kill: it was not said.
        var whole = text.ToString(0, text.ToString().LastIndexOf('\n') + 1);
        lines.AddRange(whole.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')));
    }

    static string? AddressIn(string said)
    {
        const string Ready = "ready http";
        var start = said.IndexOf(Ready, StringComparison.Ordinal);
        var end = start < 0 ? -1 : said.IndexOf('\n', start);
        return end < 0 ? null : said[(start + Ready.Length - 4)..end];
    }
}
