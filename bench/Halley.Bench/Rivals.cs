using System.Diagnostics;

namespace Halley.Bench;

/// <summary>Programs that Halley is measured beside, where the machine has them.</summary>
static class Rivals
{
    public static string Versions() =>
        string.Join(
            '\n',
            $"duckdb: {typeof(DuckDB.NET.Data.DuckDBConnection).Assembly.GetName().Version}",
            $"R: {FirstLine("Rscript", "--version") ?? "not installed"}",
            $"xgboost: {FirstLine("python3", "-c", "import xgboost; print(xgboost.__version__)") ?? "not installed"}",
            ""
        );

    /// <summary>First line a program prints, or null where it is missing or fails.</summary>
    public static string? FirstLine(string program, params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
            using var process = Process.Start(start)!;
            var printed = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? printed.Split('\n')[0].Trim() : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
