using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Halley.Bench;

/// <summary>What a figure was measured on.</summary>
static partial class Machine
{
    /// <summary>Processor and core count as a folder name.</summary>
    public static string FolderName { get; } =
        Unsafe()
            .Replace(string.Create(CultureInfo.InvariantCulture, $"{Processor()} {Environment.ProcessorCount} cores"), "-")
            .Trim('-')
            .ToLowerInvariant();

    /// <summary>Threads that figures of growth are measured with.</summary>
    public static int Threads => Environment.ProcessorCount;

    public static string Describe() =>
        string.Join(
            '\n',
            $"processor: {Processor()}",
            $"cores: {Environment.ProcessorCount}",
            $"system: {RuntimeInformation.OSDescription}",
            $"runtime: {RuntimeInformation.FrameworkDescription}"
        );

    /// <summary>Peak resident memory of this process so far, in MB; null where the system does not tell.</summary>
    public static double? PeakMegabytes()
    {
        if (!File.Exists("/proc/self/status"))
            return null;
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return double.Parse(
                line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1],
                CultureInfo.InvariantCulture
            ) / 1024;
    }

    /// <summary>Starts the peak anew from what is resident now; false where the system can't.</summary>
    public static bool ResetPeak()
    {
        const string path = "/proc/self/clear_refs";
        if (!File.Exists(path))
            return false;
        File.WriteAllText(path, "5");
        return true;
    }

    static string Processor() =>
        File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo")
                .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
                ?.Split(':')[1]
                .Trim()
                ?? "unknown"
            : RuntimeInformation.ProcessArchitecture.ToString();

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex Unsafe();
}
