using System.Text;
using Halley.Data;
using Halley.Registry;

namespace Halley.Chaos;

/// <summary>Callers that append decisions with keys, shadows' answers and outcomes, and say each that was acknowledged.</summary>
/// <remarks>
/// Lines: <c>try KEY</c> before a decision is sent; <c>decided KEY ID</c>, <c>shadowed ID DECISION</c> and
/// <c>outcome ID DECISION</c> after the call that made it durable returned.
/// </remarks>
static class DecideWork
{
    internal static async Task RunAsync(LocalStore store, string prefix, int callers, CancellationToken stop)
    {
        await using var log = store.OpenLog();
        Victim.Say("ready");
        await Task.WhenAll(
            Enumerable.Range(0, callers).Select(caller => Task.Run(() => CallAsync(log, $"{prefix}-{caller}", stop)))
        );
        Victim.Say("done");
    }

    internal static DecisionRecord Decision(Guid id, string key) =>
        new()
        {
            Id = id,
            Time = TimeProvider.System.GetUtcNow(),
            Environment = "production",
            Decision = "motor-quote",
            Release = new("motor-quote", 1),
            Revision = 1,
            Arm = ReleaseRole.Champion,
            Probability = 1,
            RequestKey = key,
            RequestHash = ContentHash.Of(Encoding.UTF8.GetBytes(key)),
            UnitId = $"unit of {key}",
            Inputs = Encoding.UTF8.GetBytes($$"""{"key":"{{key}}","text":"{{new string('x', 300)}}"}"""),
            Outputs = "{\"premium\":412.10}"u8.ToArray(),
        };

    static async Task CallAsync(DecisionLog log, string caller, CancellationToken stop)
    {
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var key = $"{caller}-{i}";
            Victim.Say("try", key);
            var decision = (await log.AppendAsync(Decision(log.NewId(), key), CancellationToken.None)).Record;
            Victim.Say("decided", key, decision.Id.ToString());
            if (i % 3 == 0)
                await ShadowAsync(log, decision);
            if (i % 4 == 0)
                await OutcomeAsync(log, decision);
        }
    }

    static async Task ShadowAsync(DecisionLog log, DecisionRecord decision)
    {
        var shadow = new ShadowRecord
        {
            Id = log.NewId(),
            DecisionId = decision.Id,
            Time = TimeProvider.System.GetUtcNow(),
            Environment = decision.Environment,
            Decision = decision.Decision,
            Release = new("motor-quote", 2),
            Outputs = "{\"premium\":399}"u8.ToArray(),
        };
        await log.AppendAsync(shadow);
        Victim.Say("shadowed", shadow.Id.ToString(), decision.Id.ToString());
    }

    static async Task OutcomeAsync(DecisionLog log, DecisionRecord decision)
    {
        var outcome = new Outcome
        {
            Id = $"outcome of {decision.Id}".Replace(' ', '-'),
            DecisionId = decision.Id,
            Kind = "converted",
            Value = 1,
            ValuationDate = new(2026, 3, 1),
        };
        await log.AppendAsync([outcome]);
        Victim.Say("outcome", outcome.Id, decision.Id.ToString());
    }
}
