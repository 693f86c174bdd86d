using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Halley.Testing;

/// <summary>
/// What the tests marked <c>[Trait("Category", "Determinism")]</c> leave behind, so that <see cref="NarrowRuns"/> can compare
/// the bits of their results between CPUs.
/// </summary>
public static class Fingerprint
{
    internal const string FileVariable = "HALLEY_FINGERPRINT_FILE";

    static readonly Lock Gate = new();

    /// <summary>Notes the bits of a test's results under a name; does nothing outside a <see cref="NarrowRuns"/> run.</summary>
    public static void Record(string name, ReadOnlySpan<double> results) => Record(name, MemoryMarshal.AsBytes(results));

    /// <summary>Notes a test's result bytes under a name; does nothing outside a <see cref="NarrowRuns"/> run.</summary>
    public static void Record(string name, ReadOnlySpan<byte> results)
    {
        if (Environment.GetEnvironmentVariable(FileVariable) is not { } file)
            return;
        var line = string.Create(CultureInfo.InvariantCulture, $"{name} {results.Length} {Hash(results):x16}\n");
        lock (Gate)
        {
            if (new FileInfo(file).Length == 0)
                File.AppendAllText(file, Widths());
            File.AppendAllText(file, line);
        }
    }

    static string Widths() =>
        $"512 {Vector512.IsHardwareAccelerated}\n256 {Vector256.IsHardwareAccelerated}\n128 {Vector128.IsHardwareAccelerated}\n";

    /// <summary>FNV-1a, 64 bits.</summary>
    static ulong Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = 14695981039346656037UL;
        foreach (var value in bytes)
            hash = (hash ^ value) * 1099511628211UL;
        return hash;
    }
}
