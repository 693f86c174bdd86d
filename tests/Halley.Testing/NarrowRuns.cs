using System.Diagnostics;
using Xunit;

namespace Halley.Testing;

/// <summary>Runs this test project's Determinism tests again in processes with narrower vectors and compares their results' bits.</summary>
public static class NarrowRuns
{
    static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>The fingerprints are equal with the CPU's full width, without AVX-512, and without any hardware intrinsic.</summary>
    /// <remarks>The runs that must be narrow say how wide they really were: an unknown switch is silently ignored.</remarks>
    /// <param name="withoutAvx2">Whether a run with vectors of 128 bits is made besides.</param>
    public static void AssertEqualBits(bool withoutAvx2 = false)
    {
        var full = Run();
        var no512 = Run(("DOTNET_EnableAVX512", "0"));
        var none = Run(("DOTNET_EnableHWIntrinsic", "0"));

        Assert.Equal("512 False", no512[0]);
        Assert.Equal(["512 False", "256 False", "128 False"], none[..3]);
        Assert.True(full.Length > 3, "no test with the trait Category=Determinism recorded a fingerprint.");
        Assert.Equal(full[3..], no512[3..]);
        Assert.Equal(full[3..], none[3..]);
        if (!withoutAvx2)
            return;
        var no256 = Run(("DOTNET_EnableAVX2", "0"));
        Assert.Equal(["512 False", "256 False", "128 True"], no256[..3]);
        Assert.Equal(full[3..], no256[3..]);
    }

    /// <summary>Three lines on vector widths, then the fingerprints in order of name.</summary>
    static string[] Run(params (string Name, string Value)[] switches)
    {
        var file = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo(TestProgram())
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                ArgumentList = { "-trait", "Category=Determinism", "-parallel", "none" },
                Environment = { [Fingerprint.FileVariable] = file },
            };
            foreach (var (name, value) in switches)
                start.Environment[name] = value;
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(Limit))
            {
                process.Kill(entireProcessTree: true);
                Assert.Fail($"the run with {string.Join(' ', switches)} took longer than {Limit}.");
            }
            Assert.True(process.ExitCode == 0, $"{string.Join(' ', switches)}\n{output.Result}\n{errors.Result}");
            var lines = File.ReadAllLines(file);
            return [.. lines[..3], .. lines[3..].Order(StringComparer.Ordinal)];
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>The test project's own program, also where <c>dotnet</c> hosts this run.</summary>
    static string TestProgram() =>
        Path.Combine(
            AppContext.BaseDirectory,
            AppDomain.CurrentDomain.FriendlyName + (OperatingSystem.IsWindows() ? ".exe" : "")
        );
}
