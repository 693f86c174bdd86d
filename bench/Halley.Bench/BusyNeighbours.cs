using System.Diagnostics;

namespace Halley.Bench;

/// <summary>Processes that keep one thread busy each for as long as this lives, as other programs on a shared machine do.</summary>
sealed class BusyNeighbours : IDisposable
{
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    readonly List<Process> processes = [];

    public BusyNeighbours(int count)
    {
        for (var i = 0; i < count; i++)
            processes.Add(Process.Start(ChildTasks.StartOf("spin", input: true))!);
        foreach (var process in processes)
            process.StandardOutput.ReadLine();
    }

    /// <summary>What a neighbour does: says that it has begun, and works until its standard input ends.</summary>
    public static double? Spin()
    {
        Console.WriteLine("begun");
        var start = Stopwatch.GetTimestamp();
        var ended = Task.Run(() => Console.In.ReadToEnd());
        while (!ended.IsCompleted && Stopwatch.GetElapsedTime(start) < Longest)
            Thread.SpinWait(10_000);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public void Dispose()
    {
        foreach (var process in processes)
        {
            process.StandardInput.Close();
            process.WaitForExit();
            process.Dispose();
        }
    }
}
