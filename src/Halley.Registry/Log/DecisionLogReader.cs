using System.Runtime.CompilerServices;

namespace Halley.Registry;

/// <summary>Reads the decision log. Needs no writer: any process may read at any time.</summary>
public sealed class DecisionLogReader(ILogStore store)
{
    /// <summary>A decision with its shadows' answers and its outcomes, or null where there is none of that id.</summary>
    public async Task<LoggedDecision?> FindAsync(Guid decisionId, CancellationToken cancellation = default)
    {
        var entry = await store.FindAsync(decisionId, cancellation).ConfigureAwait(false);
        if (entry is not { Kind: RecordKind.Decision })
            return null;
        var shadows = new List<ShadowRecord>();
        var outcomes = new List<OutcomeRecord>();
        await foreach (var about in store.AboutAsync(decisionId, cancellation).ConfigureAwait(false))
        {
            if (about.Kind == RecordKind.Shadow)
                shadows.Add(RecordJson.Shadow(about));
            else if (about.Kind == RecordKind.Outcome)
                outcomes.Add(RecordJson.Outcome(about));
        }
        return new(RecordJson.Decision(entry), shadows, outcomes);
    }

    /// <summary>The decision that a key of a retry belongs to, with the hash of its request; null where the key is new.</summary>
    public async Task<DecisionRecord?> FindByKeyAsync(
        string environment,
        string decision,
        string key,
        CancellationToken cancellation = default
    )
    {
        var space = RecordJson.RetrySpace(environment, decision);
        if (await store.HolderAsync(space, key, cancellation).ConfigureAwait(false) is not { } holder)
            return null;
        var entry = await store.FindAsync(holder.Record, cancellation).ConfigureAwait(false);
        return entry is null ? null : RecordJson.Decision(entry);
    }

    /// <summary>Number of records that a query finds now.</summary>
    public Task<long> CountAsync(LogQuery query, CancellationToken cancellation = default) =>
        store.CountAsync(Scoped(query), cancellation);

    /// <summary>Decisions in the order of time; other kinds of the query are ignored.</summary>
    public async IAsyncEnumerable<DecisionRecord> DecisionsAsync(
        LogQuery query,
        [EnumeratorCancellation] CancellationToken cancellation = default
    )
    {
        await foreach (
            var entry in store.ReadAsync(Scoped(query) with { Kinds = [RecordKind.Decision] }, cancellation).ConfigureAwait(false)
        )
        {
            // Without an environment every scope is read; and records of old may stand in the scope of what was live.
            var record = RecordJson.Decision(entry);
            if (record.Purpose == query.Purpose)
                yield return record;
        }
    }

    /// <summary>Shadows' answers in the order of time.</summary>
    public async IAsyncEnumerable<ShadowRecord> ShadowsAsync(
        LogQuery query,
        [EnumeratorCancellation] CancellationToken cancellation = default
    )
    {
        await foreach (
            var entry in store.ReadAsync(Scoped(query) with { Kinds = [RecordKind.Shadow] }, cancellation).ConfigureAwait(false)
        )
            yield return RecordJson.Shadow(entry);
    }

    /// <summary>Outcomes in the order in which they were received.</summary>
    public async IAsyncEnumerable<OutcomeRecord> OutcomesAsync(
        LogQuery query,
        [EnumeratorCancellation] CancellationToken cancellation = default
    )
    {
        await foreach (
            var entry in store.ReadAsync(Scoped(query) with { Kinds = [RecordKind.Outcome] }, cancellation).ConfigureAwait(false)
        )
            yield return RecordJson.Outcome(entry);
    }

    static LogQuery Scoped(LogQuery query) =>
        query.Environment is { } environment
            ? query with
            {
                Environment = RecordJson.ScopeOf(environment, query.Purpose),
            }
            : query;
}
