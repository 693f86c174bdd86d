using System.Text;
using Halley.Registry;

namespace Halley.Simulation;

/// <summary>What callers were promised, and the check that all of it holds.</summary>
sealed class Promises
{
    readonly Dictionary<string, DecisionRecord> answers = [];
    readonly Dictionary<string, Guid> outcomes = [];
    readonly Dictionary<long, EnvironmentChange> changes = [];
    readonly Dictionary<VersionId, int> prices = [];

    internal IReadOnlyDictionary<string, DecisionRecord> Answers => answers;

    internal long LastRevision => changes.Count == 0 ? 0 : changes.Keys.Max();

    /// <summary>A release whose premium is its price plus the request's number.</summary>
    internal void Released(VersionId release, int price) => prices[release] = price;

    internal void Answered(string key, int number, DecisionRecord record, LiveArms seen)
    {
        // 1. One answer for one key, whoever gives it and however often.
        if (answers.TryGetValue(key, out var first))
            Expect(first.Id == record.Id, $"key {key} was answered with two decisions");
        // 2. Made by a release that the server had live, or had when it was first made.
        else if (record.Revision > 0 && seen.Champion is not null)
            Expect(prices.ContainsKey(record.Release), $"key {key} was answered by {record.Release}, which nobody released");
        // 3. And by nothing but that release: half of another state, or a shadow, would show in the premium.
        var premium = Premium(record.Outputs.Span);
        Expect(
            premium == prices[record.Release] + number,
            $"key {key}: {record.Release} answered {premium}, its price is {prices[record.Release]} + {number}"
        );
        Expect(!seen.Shadows.Contains(record.Release) || seen.Holds(record.Release), $"key {key} was answered by a shadow");
        answers[key] = record;
    }

    internal void Took(string outcome, Guid decision) => outcomes[outcome] = decision;

    internal void Changed(EnvironmentChange change) => changes[change.Revision] = change;

    /// <summary>Everything that was acknowledged is there, once, in whole chains.</summary>
    internal async Task AssertKeptAsync(LocalStore store, string environment)
    {
        var check = await store.VerifyLogAsync();
        Expect(check.IsWhole, $"the log is broken: {check.FirstBreak?.What ?? $"{check.Strays} strays"}");
        var byKey = new Dictionary<string, Guid>();
        await foreach (var decision in store.LogReader.DecisionsAsync(new()))
            Expect(byKey.TryAdd(decision.RequestKey!, decision.Id), $"key {decision.RequestKey} was decided twice");
        foreach (var (key, record) in answers)
            Expect(byKey.TryGetValue(key, out var id) && id == record.Id, $"the acknowledged decision of key {key} is lost");
        var received = new Dictionary<string, Guid>();
        await foreach (var outcome in store.LogReader.OutcomesAsync(new()))
            Expect(received.TryAdd(outcome.Outcome.Id, outcome.Outcome.DecisionId), $"outcome {outcome.Outcome.Id} counts twice");
        foreach (var (outcome, decision) in outcomes)
            Expect(received.TryGetValue(outcome, out var of) && of == decision, $"the acknowledged outcome {outcome} is lost");
        await AssertHistoryAsync(store.Registry, environment);
    }

    async Task AssertHistoryAsync(ReleaseRegistry registry, string environment)
    {
        var history = await registry.HistoryAsync(environment);
        for (var i = 0; i < history.Count; i++)
            Expect(history[i].Revision == i + 1, $"change {i + 1} has revision {history[i].Revision}");
        foreach (var (revision, change) in changes)
        {
            Expect(revision <= history.Count, $"the acknowledged change {revision} is lost");
            var kept = history[(int)revision - 1];
            Expect(
                (kept.Kind, kept.Release, kept.Arms.Champion) == (change.Kind, change.Release, change.Arms.Champion),
                $"change {revision} is not the one that was acknowledged"
            );
        }
        foreach (var requests in history.Where(change => change.Request is not null).GroupBy(change => change.Request))
            Expect(
                requests.Count() == 1,
                $"a promotion took effect in changes {string.Join(", ", requests.Select(change => change.Revision))}"
            );
        if (history.Count > 0)
        {
            var live = await registry.LiveAsync(environment);
            Expect(live.Count == 1 && live[0].Revision == history.Count, "what is live is not what the last change says");
        }
    }

    static int Premium(ReadOnlySpan<byte> outputs)
    {
        using var document = System.Text.Json.JsonDocument.Parse(Encoding.UTF8.GetString(outputs));
        return (int)document.RootElement.GetProperty("premium").GetDecimal();
    }

    /// <summary>An invariant: where it does not hold, the history has failed.</summary>
    internal static void Expect(bool holds, string what)
    {
        if (!holds)
            throw new BrokenPromiseException(what);
    }
}
