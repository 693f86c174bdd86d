using System.Diagnostics;
using Xunit;

namespace Halley.Testing;

/// <summary>Scripts that Python runs.</summary>
public static class PythonProgram
{
    /// <summary>Debian's interpreter, which sees Debian's packages; another on PATH may not.</summary>
    const string Program = "/usr/bin/python3";

    /// <summary>Exit status and everything that a script prints; skips the running test where Python or a package lacks.</summary>
    /// <param name="folder">Where it runs.</param>
    /// <param name="packages">Modules that the script imports beside Python's own, by name, with the Debian package of each.</param>
    public static (int Status, string Output) Run(
        string script,
        string folder,
        IReadOnlyDictionary<string, string> packages,
        params string[] arguments
    )
    {
        foreach (var (module, package) in packages)
        {
            if (!File.Exists(Program) || Start(folder, "-c", $"import {module}").Status != 0)
                Lacks($"Python's {module} (Debian package {package})");
        }
        return Start(folder, [script, .. arguments]);
    }

    static void Lacks(string what)
    {
        if (Environment.GetEnvironmentVariable("HALLEY_REQUIRE_TOOLS") == "1")
            Assert.Fail($"{what} is missing and HALLEY_REQUIRE_TOOLS=1.");
        Assert.Skip($"{what} is not installed.");
    }

    static (int Status, string Output) Start(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(Program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // No compiled modules are left beside the sources.
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }
}
