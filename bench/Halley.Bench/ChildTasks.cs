using System.Diagnostics;
using System.Globalization;

namespace Halley.Bench;

/// <summary>Work that must run in a process of its own, such as measuring peak memory. Each prints one figure.</summary>
static class ChildTasks
{
    static readonly Dictionary<string, Func<double?>> Tasks = new(StringComparer.Ordinal)
    {
        ["load-nothing"] = Machine.PeakMegabytes,
        ["load-french"] = () =>
        {
            GC.KeepAlive(FrenchFile.Load());
            return Machine.PeakMegabytes();
        },
        ["boosting-memory"] = BoostingArea.MemoryRatio,
        ["glm-french-extra"] = FrenchGlm.ExtraMegabytes,
        ["optimise-million"] = OptimiseArea.MillionPeak,
        ["spin"] = BusyNeighbours.Spin,
    };

    /// <summary>Work of a size that is told; prints several figures.</summary>
    static readonly Dictionary<string, Func<string[], double[]?>> Sized = new(StringComparer.Ordinal)
    {
        ["glm-grow"] = GrownBook.Fit,
        ["open-loop"] = ServingArea.OpenLoop,
    };

    /// <summary>What a child process prints; null where it can't be measured here.</summary>
    public static double? Measure(string task)
    {
        using var process = Process.Start(StartOf(task))!;
        var printed = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? double.Parse(printed, CultureInfo.InvariantCulture) : null;
    }

    /// <summary>The figures of work of a size; null where it can't be measured here.</summary>
    public static double[]? Measure(string task, params string[] size)
    {
        var start = StartOf(task);
        foreach (var argument in size)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var printed = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? [.. printed.Split(' ').Select(figure => double.Parse(figure, CultureInfo.InvariantCulture))]
            : null;
    }

    /// <param name="input">Whether the child is told something by its standard input.</param>
    public static ProcessStartInfo StartOf(string task, bool input = false) =>
        new(Environment.ProcessPath!, [typeof(ChildTasks).Assembly.Location, "child", task])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = input,
        };

    public static int Run(string task, string[] arguments)
    {
        if (Sized.TryGetValue(task, out var sized))
        {
            if (sized(arguments) is not { } figures)
                return 3;
            Console.WriteLine(string.Join(' ', figures.Select(one => one.ToString("R", CultureInfo.InvariantCulture))));
            return 0;
        }
        if (arguments.Length > 0 || !Tasks.TryGetValue(task, out var measure))
        {
            Console.Error.WriteLine($"unknown task '{task}'");
            return 2;
        }
        if (measure() is not { } figure)
            return 3;
        Console.WriteLine(figure.ToString("R", CultureInfo.InvariantCulture));
        return 0;
    }
}
