using System.Globalization;

namespace Halley.Bench;

/// <summary>Work that must run in a process of its own, such as measuring peak memory. Each prints one figure.</summary>
static class ChildTasks
{
    static readonly Dictionary<string, Action> Loads = new(StringComparer.Ordinal)
    {
        ["load-nothing"] = () => { },
        ["load-french"] = () => GC.KeepAlive(FrenchFile.Load()),
    };

    public static int Run(string task, string[] arguments)
    {
        if (arguments.Length > 0 || !Loads.TryGetValue(task, out var load))
        {
            Console.Error.WriteLine($"unknown task '{task}'");
            return 2;
        }
        load();
        if (Machine.PeakMegabytes() is not { } peak)
            return 3;
        Console.WriteLine(peak.ToString("R", CultureInfo.InvariantCulture));
        return 0;
    }
}
