using System.Diagnostics;
using System.Globalization;

namespace Halley.Bench;

/// <summary>An R process that holds its data and runs named tasks, so that its fits can be timed in turn with Halley's.</summary>
sealed class RSession : IDisposable
{
    readonly Process process;

    RSession(Process process) => this.process = process;

    /// <summary>Null, with the reason on standard error, where R or a package is missing.</summary>
    public static RSession? Start(string figures)
    {
        if (
            Rivals.FirstLine("Rscript", "-e", "for (p in c('data.table', 'glmnet', 'mgcv')) library(p, character.only = TRUE)")
            is null
        )
        {
            Console.Error.WriteLine(
                $"left out: {figures}: Rscript with data.table, glmnet and mgcv is not on this machine (bench/setup)."
            );
            return null;
        }
        var script = Path.Combine(Shared.ProjectRoot, "bench", "Halley.Bench", "Glm", "rival.R");
        var start = new ProcessStartInfo("Rscript", [script, Path.GetDirectoryName(Shared.Path(FrenchFile.Relative))!])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var session = new RSession(Process.Start(start)!);
        session.ReadUntil("ready");
        return session;
    }

    /// <summary>Seconds that R measured for a task, and the figure (deviance or objective) that it reached.</summary>
    public (double Seconds, double Figure) Run(string task)
    {
        process.StandardInput.WriteLine(task);
        process.StandardInput.Flush();
        var parts = ReadUntil(";").Split(';');
        return (double.Parse(parts[0], CultureInfo.InvariantCulture), double.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    string ReadUntil(string mark)
    {
        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (line.Contains(mark, StringComparison.Ordinal))
                return line;
        }
        throw new InvalidOperationException("R ended before it answered; its message is above.");
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }
}
