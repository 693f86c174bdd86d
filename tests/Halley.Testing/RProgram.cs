using System.Diagnostics;
using Xunit;

namespace Halley.Testing;

/// <summary>Scripts that R runs.</summary>
public static class RProgram
{
    /// <summary>Exit status and everything that a script prints; skips the running test where R or a package lacks.</summary>
    /// <param name="script">Path of the script.</param>
    /// <param name="packages">R's packages beyond its own that the script may load; Debian has each as <c>r-cran-NAME</c>.</param>
    public static (int Status, string Output) Run(string script, params string[] packages)
    {
        var program = Tool.Require("Rscript", "r-base-core");
        foreach (var package in packages)
        {
            if (Start(program, "-e", $"quit(status = !requireNamespace('{package}', quietly = TRUE))").Status != 0)
                Lacks($"R's package {package} (Debian package r-cran-{package.ToLowerInvariant()})");
        }
        return Start(program, script);
    }

    static void Lacks(string what)
    {
        if (Environment.GetEnvironmentVariable("HALLEY_REQUIRE_TOOLS") == "1")
            Assert.Fail($"{what} is missing and HALLEY_REQUIRE_TOOLS=1.");
        Assert.Skip($"{what} is not installed.");
    }

    static (int Status, string Output) Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }
}
