using Xunit;

namespace Halley.Testing;

/// <summary>Programs that some tests need and a user's machine may lack.</summary>
public static class Tool
{
    /// <summary>Full path of a program on PATH, or skips the running test, naming the Debian package that has it.</summary>
    public static string Require(string program, string debianPackage)
    {
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator))
        {
            var path = System.IO.Path.Combine(folder, program);
            if (File.Exists(path))
                return path;
        }
        if (Environment.GetEnvironmentVariable("HALLEY_REQUIRE_TOOLS") == "1")
            Assert.Fail($"'{program}' (Debian package {debianPackage}) is missing and HALLEY_REQUIRE_TOOLS=1.");
        Assert.Skip($"'{program}' is not installed: it is in Debian's package {debianPackage}.");
        return program;
    }
}
