using System.Diagnostics;

namespace Halley.Bench;

/// <summary>Times two actions in turn, A B A B …, after one warm-up each, so that a machine whose speed drifts is fair to both.</summary>
static class Paired
{
    /// <summary>Median seconds of each.</summary>
    public static (double Halley, double Rival) Seconds(Action halley, Action rival, int repetitions)
    {
        halley();
        rival();
        var (ours, theirs) = (new double[repetitions], new double[repetitions]);
        for (var i = 0; i < repetitions; i++)
        {
            ours[i] = Seconds(halley);
            theirs[i] = Seconds(rival);
        }
        return (Median(ours), Median(theirs));
    }

    /// <summary>Median seconds of one action after a warm-up.</summary>
    public static double MedianSeconds(Action action, int repetitions)
    {
        action();
        return Median([.. Enumerable.Range(0, repetitions).Select(_ => Seconds(action))]);
    }

    public static double Seconds(Action action)
    {
        // A collection owed by the run before must not be paid by this one.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Processor time of all this process's threads.</summary>
    public static double ProcessorSeconds(Action action)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var start = Environment.CpuUsage.TotalTime;
        action();
        return (Environment.CpuUsage.TotalTime - start).TotalSeconds;
    }

    public static double Median(double[] values)
    {
        Array.Sort(values);
        var middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
