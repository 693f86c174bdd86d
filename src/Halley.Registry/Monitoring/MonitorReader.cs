namespace Halley.Registry;

/// <summary>Reads a release's decisions and outcomes from the log and looks at them.</summary>
public static class MonitorReader
{
    /// <param name="plan">What is watched.</param>
    /// <param name="release">The release, loaded.</param>
    /// <param name="asOf">Decisions before this time, and outcomes valued up to its day.</param>
    /// <exception cref="Data.HalleyException">HLY5611, HLY5613: the plan; HLY5002 to HLY5006: the log.</exception>
    public static async Task<MonitorReport> ReadAsync(
        DecisionLogReader log,
        MonitorPlan plan,
        LoadedRelease release,
        string environment,
        DateTimeOffset asOf,
        IProgress<Data.FitProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        var monitor = ReleaseMonitor.Of(plan, release);
        var window = new LogQuery
        {
            Environment = environment,
            Decision = plan.Decision,
            To = asOf,
        };
        var outcomes = window with { Kinds = [RecordKind.Outcome], To = null };
        var reading = await LogReading.OfAsync(log, [window, outcomes], progress, cancellation).ConfigureAwait(false);
        await foreach (var record in reading.Through(log.DecisionsAsync(window, cancellation)).ConfigureAwait(false))
        {
            if (record.Release == release.Release.Id)
                monitor.Add(record);
        }
        var today = DateOnly.FromDateTime(asOf.UtcDateTime);
        await foreach (var record in reading.Through(log.OutcomesAsync(outcomes, cancellation)).ConfigureAwait(false))
        {
            if (record.Outcome.ValuationDate <= today)
                monitor.Add(record);
        }
        return monitor.Look(environment, release.Release.Id, asOf);
    }
}
