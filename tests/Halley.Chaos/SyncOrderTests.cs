using System.Text.RegularExpressions;

namespace Halley.Chaos;

/// <summary>A kill does not test what a power cut does: the kernel keeps what was written. The order of system calls does.</summary>
public sealed partial class SyncOrderTests
{
    [Fact]
    public async Task No_answer_leaves_before_the_sync_that_covers_its_record_has_returned()
    {
        using var folder = new ChaosFolder();
        var trace = Path.Combine(folder.Path, "trace");
        string[] arguments =
        [
            "-f",
            "-y",
            "-o",
            trace,
            "-e",
            "trace=write,pwrite64,fsync,fdatasync",
            Environment.ProcessPath!,
            .. VictimProcess.Command("decide", Path.Combine(folder.Path, "store")),
            "traced",
            "1",
        ];
        using var victim = VictimProcess.Start(Tool.Require("strace", "strace"), arguments);
        await victim.SaidAsync(40);
        await victim.StopAsync();
        var answers = CountCoveredAnswers(File.ReadLines(trace));
        Assert.True(answers >= 10, $"only {answers} answers were seen in the trace");
    }

    /// <summary>One caller, so that between its question and its answer there is exactly its own commit.</summary>
    static int CountCoveredAnswers(IEnumerable<string> trace)
    {
        var (written, synced, answers) = (false, false, 0);
        // A call that another thread interrupts is shown in two parts; a sync counts where it returns.
        var pendingSync = new HashSet<string>();
        foreach (var line in trace)
        {
            var thread = line[..line.IndexOf(' ')];
            var isLog = line.Contains("log.db-wal>", StringComparison.Ordinal);
            if (Said("try").IsMatch(line))
                (written, synced) = (false, false);
            else if (isLog && line.Contains("pwrite64(", StringComparison.Ordinal))
                (written, synced) = (true, false);
            else if (
                isLog
                && line.Contains("sync(", StringComparison.Ordinal)
                && line.Contains("unfinished", StringComparison.Ordinal)
            )
                pendingSync.Add(thread);
            else if (isLog && Sync().IsMatch(line) || Resumed().IsMatch(line) && pendingSync.Remove(thread))
                synced = written;
            else if (Said("decided").IsMatch(line))
            {
                Assert.True(written, $"nothing was written before the answer: {line}");
                Assert.True(synced, $"the answer left before its record was synced: {line}");
                answers++;
            }
        }
        return answers;
    }

    static Regex Said(string word) => new($"write\\([0-9]+<pipe.*\"{word} ");

    [GeneratedRegex(@"f(data)?sync\(.*= 0$")]
    private static partial Regex Sync();

    [GeneratedRegex(@"f(data)?sync resumed>.*= 0$")]
    private static partial Regex Resumed();
}
