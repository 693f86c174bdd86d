using System.Diagnostics.Metrics;

namespace Halley.Server;

/// <summary>Counts and times what this server answered: for the page, and as metrics.</summary>
sealed class Traffic
{
    public const string MeterName = "Halley.Server";
    const int Kept = 8_192;
    const int Seconds = 10;

    // From half a millisecond on: a usual answer takes one or two.
    static readonly double[] SecondsOfAnswers = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5];

    readonly Lock gate = new();
    readonly double[] milliseconds = new double[Kept];
    readonly long[] perSecond = new long[Seconds];
    readonly TimeProvider clock;
    readonly long start;
    readonly Counter<long> decided;
    readonly Counter<long> fallbacks;
    readonly Histogram<double> latency;
    readonly Counter<long> shadowAnswers;
    readonly Counter<long> shadowErrors;
    readonly Counter<long> shadowLeftOut;
    long count;
    long fallbackCount;
    long lastSecond;

    public Traffic(IMeterFactory meters, TimeProvider clock)
    {
        this.clock = clock;
        start = clock.GetTimestamp();
        var meter = meters.Create(MeterName);
        decided = meter.CreateCounter<long>("halley.decisions", description: "Decisions served.");
        fallbacks = meter.CreateCounter<long>("halley.fallbacks", description: "Decisions served by a fallback.");
        latency = meter.CreateHistogram(
            "halley.decision.duration",
            "s",
            "From request to durable answer.",
            tags: null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = SecondsOfAnswers }
        );
        shadowAnswers = meter.CreateCounter<long>("halley.shadow.answers", description: "Requests that shadows were asked.");
        shadowErrors = meter.CreateCounter<long>("halley.shadow.errors", description: "Requests that shadows could not answer.");
        shadowLeftOut = meter.CreateCounter<long>("halley.shadow.left_out", description: "Requests that shadows did not see.");
    }

    public void ShadowAsked(bool failed)
    {
        shadowAnswers.Add(1);
        if (failed)
            shadowErrors.Add(1);
    }

    public void ShadowLeftOut() => shadowLeftOut.Add(1);

    public void Decided(TimeSpan elapsed, bool byFallback)
    {
        decided.Add(1);
        latency.Record(elapsed.TotalSeconds);
        if (byFallback)
            fallbacks.Add(1);
        lock (gate)
        {
            Advance();
            milliseconds[count % Kept] = elapsed.TotalMilliseconds;
            perSecond[lastSecond % Seconds]++;
            count++;
            fallbackCount += byFallback ? 1 : 0;
        }
    }

    /// <param name="shadowsLeftOut">Requests that shadows did not see because too many waited.</param>
    public TrafficView View(long shadowsLeftOut)
    {
        lock (gate)
        {
            Advance();
            var known = Math.Min(count, Kept);
            var sorted = milliseconds.AsSpan(0, (int)known).ToArray();
            Array.Sort(sorted);
            var seconds = Math.Clamp(clock.GetElapsedTime(start).TotalSeconds, 1, Seconds);
            return new(
                perSecond.Sum() / seconds,
                count,
                new(Quantile(sorted, 0.5), Quantile(sorted, 0.99)),
                fallbackCount,
                shadowsLeftOut
            );
        }
    }

    /// <summary>Empties the seconds that have passed since the last call.</summary>
    void Advance()
    {
        var second = (long)clock.GetElapsedTime(start).TotalSeconds;
        for (var passed = Math.Max(lastSecond + 1, second - Seconds + 1); passed <= second; passed++)
            perSecond[passed % Seconds] = 0;
        lastSecond = second;
    }

    static double? Quantile(double[] sorted, double share) =>
        sorted.Length == 0 ? null : sorted[(int)(share * (sorted.Length - 1))];
}
