using System.Globalization;
using System.Text;
using Halley.Data;
using Halley.Registry;
using Halley.Server;

namespace Halley.Simulation;

/// <summary>What callers do: decisions with their retries and late copies, and outcomes, some of them twice.</summary>
sealed partial class History
{
    readonly List<(string Key, int Number)> sent = [];
    readonly Queue<(string Key, int Number)> late = [];

    async Task<string> DecideAsync()
    {
        var isNew = sent.Count == 0 || random.Next(3) > 0;
        if (isNew)
            sent.Add(($"k{sent.Count}", random.Next(1000)));
        var (key, number) = isNew ? sent[^1] : sent[random.Next(sent.Count)];
        switch (random.Next(12))
        {
            case 0:
                return $"decide {key}: request lost";
            case 1:
                late.Enqueue((key, number));
                return $"decide {key}: request delayed";
            case var delivery:
                return await DeliverAsync(key, number, isFirst: isNew, isAnswerLost: delivery == 2);
        }
    }

    /// <summary>A request arrives that was long on its way; its caller may have been answered on another since.</summary>
    async Task<string> LateAsync() =>
        late.TryDequeue(out var copy)
            ? $"late {await DeliverAsync(copy.Key, copy.Number, isFirst: false, isAnswerLost: false)}"
            : "nothing is late";

    async Task<string> DeliverAsync(string key, int number, bool isFirst, bool isAnswerLost)
    {
        var server = AnyServer();
        var seen = server.Routes.Find(Name)?.Live.Arms ?? new LiveArms();
        var body = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"number\":{number}}}"));
        var call = new DecisionCall
        {
            Key = settings.ForgetsKeys && !isFirst ? $"{key}-again" : key,
            UnitId = $"unit {key}",
            Inputs = body,
            Hash = ContentHash.Of(body),
        };
        promises.Asked(key);
        string end;
        try
        {
            var outcome = await server.Decisions.DecideAsync(Name, call, CancellationToken.None);
            await server.SettleAsync();
            if (outcome is not DecisionOutcome.Decided decided)
                throw new BrokenPromiseException($"key {key} ended as {outcome.GetType().Name}");
            if (settings.ShadowsDecide && seen.Shadows.Count > 0)
                await DecideByShadowAsync(server, decided.Record, seen.Shadows[0]);
            if (isAnswerLost)
                return $"decide {key}: answer lost";
            promises.Answered(key, number, decided, seen);
            end = decided.Repeated ? "repeated" : "decided";
        }
        catch (HalleyException fault) when (fault.Kind == FaultKind.Environment)
        {
            end = fault.Code;
        }
        return $"decide {key} at {servers.IndexOf(server)}: {end}";
    }

    /// <summary>The planted bug: a shadow's answer is logged as a decision.</summary>
    static Task<AppendResult> DecideByShadowAsync(SimulatedServer server, DecisionRecord decided, VersionId shadow) =>
        server.Log.AppendAsync(
            decided with
            {
                Id = server.Log.NewId(),
                Release = shadow,
                RequestKey = $"{decided.RequestKey} of the shadow",
            }
        );

    async Task<string> OutcomeAsync()
    {
        if (promises.AnsweredKeys.Count == 0)
            return "outcome: none yet";
        var key = promises.AnsweredKeys[random.Next(promises.AnsweredKeys.Count)];
        var outcome = new Outcome
        {
            Id = $"o-{key}",
            DecisionId = promises.Answers[key].Id,
            Kind = "converted",
            Value = 1,
            ValuationDate = new(2026, 3, 1),
        };
        var (isLost, isTwice) = (random.Next(10) == 0, random.Next(4) == 0);
        try
        {
            var receipt = await AnyServer().Log.AppendAsync([outcome]);
            if (!isLost)
                promises.Took(outcome.Id, outcome.DecisionId);
            if (!isTwice)
                return $"outcome of {key}: {receipt.Taken} taken{(isLost ? ", answer lost" : "")}";
            var copy = settings.DoublesOutcomes ? outcome with { Id = $"{outcome.Id} again" } : outcome;
            var second = await AnyServer().Log.AppendAsync([copy]);
            return $"outcome of {key}: {receipt.Taken} taken, delivered twice, {second.Taken} taken";
        }
        catch (HalleyException fault) when (fault.Kind == FaultKind.Environment)
        {
            return $"outcome of {key}: {fault.Code}";
        }
    }
}
