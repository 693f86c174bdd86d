using Halley.Data;
using Halley.Decisions;

namespace Halley.Registry;

/// <summary>Times decisions one by one, as live, over records of a portfolio.</summary>
static class DecisionClock
{
    const int Records = 2_000;
    const int WarmUp = 300;

    /// <summary>Milliseconds of each decision, in rising order; the answer's reasons and JSON are part of it.</summary>
    internal static double[] Times(LoadedRelease release, Table portfolio, TimeProvider clock, CancellationToken cancellation)
    {
        var rows = PortfolioRows.WithIds(PortfolioRows.Sample(portfolio, Records), release.Definition);
        var records = new TableRecords(release.Definition, rows);
        var engine = new DecisionEngine(release.Plan);
        var requests = Enumerable.Range(0, records.RowCount).Select(row => records[row]).ToArray();
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(4096);
        using var writer = new System.Text.Json.Utf8JsonWriter(buffer);
        for (var i = 0; i < WarmUp; i++)
            Decide(requests[i % requests.Length]);
        var times = new double[requests.Length];
        for (var i = 0; i < times.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var started = clock.GetTimestamp();
            Decide(requests[i]);
            times[i] = clock.GetElapsedTime(started).TotalMilliseconds;
        }
        Array.Sort(times);
        return times;

        void Decide(byte[] request)
        {
            if (!engine.TryDecide(request, out var answer, out _))
                return;
            buffer.ResetWrittenCount();
            writer.Reset(buffer);
            using (answer)
                answer.Write(writer);
            writer.Flush();
        }
    }

    /// <summary>The time that the share of decisions keeps; NaN for none.</summary>
    internal static double Quantile(double[] sorted, double share)
    {
        if (sorted.Length == 0)
            return double.NaN;
        return sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(share * sorted.Length) - 1)];
    }
}
