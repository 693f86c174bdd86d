using System.Text;
using Halley.Registry;
using Halley.Server;

namespace Halley.Simulation;

/// <summary>What callers were promised, and the check that all of it holds.</summary>
sealed class Promises
{
    readonly Dictionary<string, DecisionRecord> answers = [];
    readonly Dictionary<string, Guid> outcomes = [];
    readonly Dictionary<long, EnvironmentChange> changes = [];
    readonly Dictionary<VersionId, int> prices = [];
    readonly HashSet<string> asked = [];
    readonly List<string> answeredKeys = [];
    string lastOutcome = "";

    internal IReadOnlyDictionary<string, DecisionRecord> Answers => answers;

    /// <summary>Keys that were answered, in the order of their first answers.</summary>
    internal IReadOnlyList<string> AnsweredKeys => answeredKeys;

    internal long LastRevision { get; private set; }

    internal int NextPrice() => prices.Count + 1;

    /// <summary>A request went to a server: a decision of its key may be in the log from now on, and none of another key.</summary>
    internal void Asked(string key) => asked.Add(key);

    /// <summary>A release whose premium is its price plus the request's number.</summary>
    internal void Released(VersionId release, int price) => prices[release] = price;

    internal void Answered(string key, int number, DecisionOutcome.Decided decided, LiveArms seen)
    {
        var record = decided.Record;
        // 1. One answer for one key, whoever gives it and however often.
        if (answers.TryGetValue(key, out var first))
            Expect(first.Id == record.Id, $"key {key} was answered with two decisions");
        // 2. Made now, it is by the champion or a challenger that the server has live: by no shadow and by no other state.
        var isLive = seen.Champion == record.Release || seen.Challengers.Any(arm => arm.Release == record.Release);
        Expect(decided.Repeated || isLive, $"key {key} was answered by {record.Release}, which does not answer there");
        // 3. And by nothing but that release: half of another state, or a shadow, would show in the premium.
        var premium = Premium(record.Outputs.Span);
        Expect(
            premium == prices[record.Release] + number,
            $"key {key}: {record.Release} answered {premium}, its price is {prices[record.Release]} + {number}"
        );
        if (answers.TryAdd(key, record))
            answeredKeys.Add(key);
    }

    internal void Took(string outcome, Guid decision)
    {
        outcomes[outcome] = decision;
        lastOutcome = outcome;
    }

    internal void Changed(EnvironmentChange change)
    {
        changes[change.Revision] = change;
        LastRevision = Math.Max(LastRevision, change.Revision);
    }

    /// <summary>What a server has live is what the change says whose revision it names.</summary>
    internal void Seen(LiveDecision live) =>
        Expect(
            !changes.TryGetValue(live.Revision, out var change) || change.Arms.Champion == live.Arms.Champion,
            $"the champion of change {live.Revision} is {live.Arms.Champion} to a server"
        );

    /// <summary>What was acknowledged last is there: what a crash would take first.</summary>
    internal async Task AssertLastKeptAsync(LocalStore store, string environment)
    {
        if (answeredKeys.Count > 0)
        {
            var (key, record) = (answeredKeys[^1], answers[answeredKeys[^1]]);
            Expect(await store.LogReader.FindAsync(record.Id) is not null, $"the acknowledged decision of key {key} is lost");
        }
        if (outcomes.TryGetValue(lastOutcome, out var decision))
            Expect(
                (await store.LogReader.FindAsync(decision))!.Outcomes.Any(one => one.Outcome.Id == lastOutcome),
                $"the acknowledged outcome {lastOutcome} is lost"
            );
        await AssertHistoryAsync(store.Registry, environment);
    }

    /// <summary>Everything that was acknowledged is there, once, in whole chains.</summary>
    internal async Task AssertKeptAsync(LocalStore store, string environment)
    {
        var check = await store.VerifyLogAsync();
        Expect(check.IsWhole, $"the log is broken: {check.FirstBreak?.What ?? $"{check.Strays} strays"}");
        var byKey = new Dictionary<string, Guid>();
        await foreach (var decision in store.LogReader.DecisionsAsync(new()))
        {
            Expect(byKey.TryAdd(decision.RequestKey!, decision.Id), $"key {decision.RequestKey} was decided twice");
            Expect(asked.Contains(decision.RequestKey!), $"key {decision.RequestKey} was decided, and nobody asked");
        }
        foreach (var (key, record) in answers)
            Expect(byKey.TryGetValue(key, out var id) && id == record.Id, $"the acknowledged decision of key {key} is lost");
        var (received, counted) = (new Dictionary<string, Guid>(), new HashSet<Guid>());
        await foreach (var outcome in store.LogReader.OutcomesAsync(new()))
        {
            var (outcomeId, of) = (outcome.Outcome.Id, outcome.Outcome.DecisionId);
            Expect(received.TryAdd(outcomeId, of) && counted.Add(of), "an outcome counts twice");
        }
        foreach (var (outcome, decision) in outcomes)
            Expect(received.TryGetValue(outcome, out var of) && of == decision, $"the acknowledged outcome {outcome} is lost");
        await AssertHistoryAsync(store.Registry, environment);
    }

    async Task AssertHistoryAsync(ReleaseRegistry registry, string environment)
    {
        var history = await registry.HistoryAsync(environment);
        for (var i = 0; i < history.Count; i++)
        {
            var arms = history[i].Arms;
            Expect(history[i].Revision == i + 1, $"change {i + 1} has revision {history[i].Revision}");
            Expect(arms.Champion is not null && arms.ChampionShare > 0, $"change {i + 1} leaves the champion nothing");
        }
        AssertCanaries(history);
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

    /// <summary>A canary takes one step after the other, each once, and none after its end.</summary>
    static void AssertCanaries(IReadOnlyList<EnvironmentChange> history)
    {
        foreach (var canary in history.Where(change => change.Canary is not null).GroupBy(change => change.Canary!.Id))
        {
            var (step, isOver) = (0, false);
            foreach (var change in canary)
            {
                Expect(!isOver, $"change {change.Revision} moves a canary that had ended");
                isOver = change.Kind == ChangeKind.Withdraw;
                if (!isOver)
                    Expect(change.Canary!.Step == ++step, $"change {change.Revision} is step {change.Canary.Step}, not {step}");
            }
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
