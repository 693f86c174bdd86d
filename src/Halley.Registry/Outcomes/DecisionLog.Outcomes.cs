using System.Globalization;
using Halley.Data;

namespace Halley.Registry;

public sealed partial class DecisionLog
{
    /// <summary>Appends outcomes, all in one commit; completes once they are durable. The same outcome again counts once.</summary>
    /// <exception cref="HalleyException">
    /// HLY5501: some cannot be taken (unknown decision, no number, an id that stands for another outcome): all of them
    /// are listed and none is taken. Others as for a decision.
    /// </exception>
    public async Task<OutcomeReceipt> AppendAsync(IReadOnlyList<Outcome> outcomes, CancellationToken cancellation = default)
    {
        // 1. Everything that is wrong, at once.
        var scopes = new Dictionary<Guid, LogScope>();
        var problems = new List<string>();
        var seen = new Dictionary<string, Outcome>(StringComparer.Ordinal);
        foreach (var outcome in outcomes)
        {
            if (await ProblemAsync(outcome, scopes, seen, cancellation).ConfigureAwait(false) is { } problem)
                problems.Add(problem);
        }
        if (problems.Count > 0)
            throw LogErrors.BadOutcomes(problems);
        if (seen.Count == 0)
            return new(0, 0);

        // 2. One entry for each id; a key that is held means: it was there before.
        var now = time.GetUtcNow();
        var entries = new List<LogEntry>(seen.Count);
        foreach (var outcome in seen.Values)
        {
            var (environment, decision) = scopes[outcome.DecisionId];
            entries.Add(RecordJson.Entry(new OutcomeRecord(NewId(), now, environment, decision, outcome)));
        }
        var holders = await EnqueueAsync(entries).ConfigureAwait(false);

        // 3. Another process may have taken an id between the check and the commit.
        for (var i = 0; i < entries.Count; i++)
        {
            if (holders[i] is { } holder && holder.Content != entries[i].Claim!.Value.Content)
                problems.Add(Conflict(entries[i].Claim!.Value.Key));
        }
        if (problems.Count > 0)
            throw LogErrors.OvertakenOutcomes(problems);
        var taken = holders.Count(holder => holder is null);
        return new(taken, outcomes.Count - taken);
    }

    async Task<string?> ProblemAsync(
        Outcome outcome,
        Dictionary<Guid, LogScope> scopes,
        Dictionary<string, Outcome> seen,
        CancellationToken cancellation
    )
    {
        if (string.IsNullOrWhiteSpace(outcome.Id))
            return $"an outcome of decision {outcome.DecisionId} has no id";
        if (!RegistryName.IsValid(outcome.Kind))
            return $"outcome '{outcome.Id}': '{outcome.Kind}' names no kind (letters, digits, '-', '_', '.')";
        if (outcome.Kind == FraudVerdicts.Kind != outcome.Verdict is not null)
            return $"outcome '{outcome.Id}': a verdict ({string.Join(", ", FraudVerdicts.Names)}) goes with the kind '{FraudVerdicts.Kind}' and with no other";
        if (!double.IsFinite(outcome.Value))
            return $"outcome '{outcome.Id}': its value {outcome.Value.ToString(CultureInfo.InvariantCulture)} is not a finite number";
        if (!scopes.ContainsKey(outcome.DecisionId))
        {
            var entry = await store.FindAsync(outcome.DecisionId, cancellation).ConfigureAwait(false);
            if (entry is not { Kind: RecordKind.Decision })
                return $"outcome '{outcome.Id}': there is no decision {outcome.DecisionId}";
            scopes.Add(outcome.DecisionId, entry.Scope);
        }
        if (seen.TryGetValue(outcome.Id, out var same))
            return same == outcome ? null : Conflict(outcome.Id);
        seen.Add(outcome.Id, outcome);
        var holder = await store.HolderAsync(RecordJson.OutcomeSpace, outcome.Id, cancellation).ConfigureAwait(false);
        return holder is { } first && first.Content != RecordJson.Content(outcome) ? Conflict(outcome.Id) : null;
    }

    static string Conflict(string id) => $"outcome '{id}': the id stands for an outcome with other content";
}
