using Halley.Data;

namespace Halley.Registry;

/// <summary>Tells how far the reading of some queries has come.</summary>
sealed class LogReading
{
    // Often enough for a line that moves, seldom enough to cost nothing.
    const int Step = 500;

    readonly IProgress<FitProgress>? progress;
    readonly double expected;
    long read;

    LogReading(IProgress<FitProgress>? progress, long expected) =>
        (this.progress, this.expected) = (progress, Math.Max(1, expected));

    /// <summary>Tells nobody.</summary>
    internal static LogReading Silent => new(null, 0);

    /// <param name="queries">What will be read, for the whole.</param>
    /// <param name="progress">Who is told; nothing is counted for nobody.</param>
    internal static async Task<LogReading> OfAsync(
        DecisionLogReader log,
        IReadOnlyList<LogQuery> queries,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation
    )
    {
        var expected = 0L;
        foreach (var query in progress is null ? [] : queries)
            expected += await log.CountAsync(query, cancellation).ConfigureAwait(false);
        return new(progress, expected);
    }

    /// <summary>The same records, counted.</summary>
    internal async IAsyncEnumerable<T> Through<T>(IAsyncEnumerable<T> records)
    {
        await foreach (var record in records.ConfigureAwait(false))
        {
            yield return record;
            if (++read % Step == 0)
                progress?.Report(new("reading the decision log", read / expected));
        }
    }
}
