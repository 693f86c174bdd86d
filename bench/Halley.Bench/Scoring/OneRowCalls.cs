using System.Diagnostics;

namespace Halley.Bench;

/// <summary>How long calls of one row take, in microseconds of wall clock, and what each allocates on the managed heap.</summary>
readonly record struct OneRowCalls(double Middle, double Late, double Allocated)
{
    const int Rows = 5000;
    const int Passes = 5;

    /// <summary>Calls before any is timed: a thousand rows, until the code is compiled in full.</summary>
    const int WarmUp = 30_000;

    /// <summary>The rows that are called with. Multiplication by an odd number shuffles, the same way each time.</summary>
    internal static int[] OrderOf(int count) =>
        [.. Enumerable.Range(0, count).OrderBy(row => (uint)row * 2654435761u).Take(Rows)];

    /// <summary>The best of the passes by its median.</summary>
    /// <param name="call">Scores the row of a place in the order.</param>
    internal static OneRowCalls Time(Action<int> call)
    {
        var limit = Stopwatch.StartNew();
        for (var number = 0; number < WarmUp && limit.Elapsed < TimeSpan.FromSeconds(10); number++)
            call(number % 1000);
        var best = new OneRowCalls(double.PositiveInfinity, double.PositiveInfinity, 0);
        for (var pass = 0; pass < Passes; pass++)
        {
            var times = new double[Rows];
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var number = 0; number < Rows; number++)
            {
                var start = Stopwatch.GetTimestamp();
                call(number);
                times[number] = (Stopwatch.GetTimestamp() - start) * 1e6 / Stopwatch.Frequency;
            }
            var allocated = (double)(GC.GetAllocatedBytesForCurrentThread() - before) / Rows;
            Array.Sort(times);
            if (times[Rows / 2] < best.Middle)
                best = new(times[Rows / 2], times[Rows * 99 / 100], allocated);
        }
        return best;
    }
}
