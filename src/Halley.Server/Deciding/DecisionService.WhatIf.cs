using Halley.Data;
using Halley.Registry;

namespace Halley.Server;

sealed partial class DecisionService
{
    /// <summary>Decides an earlier decision again with some fields changed, by the same release, and logs it apart as a what-if.</summary>
    /// <returns>How it ended, and the earlier decision; null where there is none.</returns>
    /// <exception cref="HalleyException">As for one record.</exception>
    public async Task<(DecisionOutcome Outcome, DecisionRecord? Earlier)> WhatIfAsync(
        string decision,
        DecisionCall call,
        CancellationToken cancellation
    )
    {
        var started = clock.GetTimestamp();
        if (routes.Find(decision) is not { } route)
            return (
                routes.IsReady
                    ? new DecisionOutcome.NotLive()
                    : new DecisionOutcome.NotReady(routes.Problem ?? "The registry is being read."),
                null
            );
        // 1. The earlier decision.
        var found = await store.LogReader.FindAsync(call.Earlier!.Value, cancellation);
        if (found is not { Decision: var earlier } || earlier.Decision != decision || earlier.Environment != options.Environment)
            return (Refused(call, "is not in the log", $"the id of a decision '{decision}' of '{options.Environment}'"), null);
        if (earlier.Inputs.IsEmpty)
            return (Refused(call, "was erased", "a decision whose inputs are still kept"), null);
        // 2. Its release over its inputs, with the changes in their place.
        var engine = await route.EngineAsync(earlier.Release, cancellation);
        var changed = call with
        {
            Inputs = InputMerge.Of(earlier.Inputs, call.Inputs),
            AsOf = earlier.AsOf,
            Transaction = earlier.Transaction,
        };
        if (!engine.TryDecide(changed.Inputs.Span, out var answer, out var problems))
            return (new DecisionOutcome.Refused(problems), null);
        DecisionRecord record;
        using (answer)
        {
            var arm = new ArmAssignment(earlier.Release, earlier.Arm, earlier.Probability, 0);
            record = Record(route, changed, earlier.UnitId, new(arm, "original"), answer, clock.GetElapsedTime(started)) with
            {
                Original = earlier.Id,
            };
        }
        // 3. Durable like every other.
        var appended = await log.AppendAsync(record, cancellation);
        return appended.Status == AppendStatus.Conflict
            ? (new DecisionOutcome.KeyReused(appended.Record), null)
            : (new DecisionOutcome.Decided(appended.Record, appended.Status == AppendStatus.Repeated), earlier);
    }

    static DecisionOutcome.Refused Refused(DecisionCall call, string problem, string expected) =>
        new([new("earlier_decision_id", call.Earlier.ToString(), problem, expected, FieldProblemKind.UnknownLevel)]);
}
