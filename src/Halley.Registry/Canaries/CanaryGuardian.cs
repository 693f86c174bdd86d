using System.Collections.Concurrent;
using System.Globalization;

namespace Halley.Registry;

/// <summary>Watches the canaries of an environment. Any number of servers may each have one: the registry takes each step once.</summary>
/// <remarks>It remembers nothing that the log and the history do not hold: a server that starts again goes on in the middle of a step.</remarks>
public sealed class CanaryGuardian(
    ReleaseRegistry registry,
    DecisionLogReader log,
    ReleaseLoader loader,
    string environment,
    TimeProvider time
)
{
    readonly Dictionary<string, CanaryWatch> watches = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<VersionId, (long Count, string Sample)> faults = new();

    /// <summary>A request that a challenger could not answer; told to all servers at the next check.</summary>
    /// <param name="what">Without a customer's data.</param>
    public void Failed(VersionId release, string what) =>
        faults.AddOrUpdate(release, (1, what), (_, before) => (before.Count + 1, what));

    /// <summary>One look at every running canary: takes out what breaches a guard, widens what has held for long enough.</summary>
    /// <returns>The changes that this call made, of which there may be none.</returns>
    public async Task<IReadOnlyList<EnvironmentChange>> CheckAsync(CancellationToken cancellation = default)
    {
        var made = new List<EnvironmentChange>();
        var running = (await registry.CanariesAsync(environment, cancellation).ConfigureAwait(false))
            .Where(state => state.Status == CanaryStatus.Running)
            .ToList();
        foreach (var gone in watches.Keys.Except(running.Select(state => state.Canary.Id)).ToList())
            watches.Remove(gone);
        foreach (var state in running)
        {
            if (await CheckAsync(state, cancellation).ConfigureAwait(false) is { } change)
                made.Add(change);
        }
        // What challengers that are no canaries failed on is nobody's here.
        foreach (var other in faults.Keys.Except(running.Select(state => state.Canary.Release)))
            faults.TryRemove(other, out _);
        return made;
    }

    async Task<EnvironmentChange?> CheckAsync(CanaryState state, CancellationToken cancellation)
    {
        // 1. What this server saw and the log does not hold.
        var canary = state.Canary;
        var now = time.GetUtcNow();
        if (faults.TryRemove(canary.Release, out var own))
            await registry
                .AddFaultAsync(new(canary.Id, state.Step, now, own.Count, own.Sample), cancellation)
                .ConfigureAwait(false);
        // 2. All decisions of the step, of every server.
        var watch = await WatchAsync(state, cancellation).ConfigureAwait(false);
        await watch.ReadAsync(log, now, cancellation).ConfigureAwait(false);
        var failed = await registry.FaultsAsync(state, cancellation).ConfigureAwait(false);
        // 3. Out, or on.
        var breaches = watch.Breaches(failed);
        if (breaches.Count > 0)
            return await registry
                .RollBackCanaryAsync(
                    state,
                    $"{canary.Release} was taken out in step {state.Step + 1} of {canary.Plan.Steps.Count}: {string.Join("; ", breaches)}.",
                    cancellation
                )
                .ConfigureAwait(false);
        var step = canary.Plan.Steps[state.Step];
        if (now - state.Since < step.Length || watch.Decisions < step.MinimumDecisions)
            return null;
        var isLast = state.Step + 1 == canary.Plan.Steps.Count;
        return await registry
            .AdvanceCanaryAsync(
                state,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"every guard held in step {state.Step + 1} of {canary.Plan.Steps.Count} ({step.Share:P1} of the units, {watch.Decisions:N0} decisions of {canary.Release}){(isLast ? ": it keeps its share; 'halley promote' makes it champion" : "")}."
                ),
                cancellation
            )
            .ConfigureAwait(false);
    }

    async Task<CanaryWatch> WatchAsync(CanaryState state, CancellationToken cancellation)
    {
        if (watches.TryGetValue(state.Canary.Id, out var watch) && watch.IsFor(state))
            return watch;
        var needsModels = state.Canary.Plan.Guards.Any(guard => guard.Metric == CanaryMetric.UnseenLevels);
        var unseen = needsModels
            ? new UnseenLevels(await loader.LoadAsync(state.Canary.Release, cancellation).ConfigureAwait(false))
            : null;
        return watches[state.Canary.Id] = new(state, unseen);
    }
}
