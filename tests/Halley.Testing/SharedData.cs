using Xunit;

namespace Halley.Testing;

/// <summary>Files of the shared data folder beside the project's root; a user's clone has none.</summary>
public static class SharedData
{
    /// <summary>Full path of a shared file, or skips the running test where the folder is missing.</summary>
    /// <param name="relative">Path below the folder, for example <c>data/fremtpl2/freMTPL2_clean.csv.gz</c>.</param>
    public static string Path(string relative)
    {
        var path = System.IO.Path.Combine(ProjectRoot.Path, "..", "shared", relative);
        if (File.Exists(path) || Directory.Exists(path))
            return System.IO.Path.GetFullPath(path);
        if (Environment.GetEnvironmentVariable("HALLEY_REQUIRE_SHARED") == "1")
            Assert.Fail($"shared data '{relative}' is missing and HALLEY_REQUIRE_SHARED=1.");
        Assert.Skip($"shared data '{relative}' is not on this machine.");
        return path;
    }
}
