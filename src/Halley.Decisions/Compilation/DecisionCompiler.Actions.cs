using System.Globalization;
using Halley.Data.Expressions;

namespace Halley.Decisions;

sealed partial class DecisionCompiler
{
    List<CompiledRule> CompileRules(Scope scope)
    {
        var compiled = new List<CompiledRule>();
        foreach (var rule in definition.Eligibility)
        {
            var place = $"eligibility rule '{rule.Name}'";
            var action = ActionOf(rule.Action, place);
            var fired = scope.Compile(rule.When, place, FieldKind.Boolean);
            var reason = scope.Sentence(rule.Reason, $"{place}, reason");
            if (action < 0 || fired is not { } slot || reason is null)
                continue;
            compiled.Add(new(rule.Name, slot, action, reason));
            Trace($"eligibility.{rule.Name}", slot, place);
        }
        return compiled;
    }

    /// <summary>The most severe action of the rules that hold; a rule that can't be checked asks for a person.</summary>
    SlotRef EmitRules(Scope scope, List<CompiledRule> rules)
    {
        var refer = Math.Max(0, definition.Actions.ToList().IndexOf(definition.Fallback.ReferAction));
        var action = scope.Builder.Constant(SlotType.Number, 0);
        foreach (var rule in rules)
            action = scope.Emit(
                Invariant($"max(action, if(is_missing(fired), {refer}, if(fired, {rule.Action}, 0)))"),
                ("action", action),
                ("fired", rule.Fired)
            );
        return action;
    }

    PlanNode LaneNode(TriageLane lane)
    {
        var place = $"lane '{lane.Name}'";
        var saving = problems.Try(() => Expression.Parse(lane.Saving, $"{place}, saving"));
        var cost = problems.Try(() => Expression.Parse(lane.Cost, $"{place}, cost"));
        return new(
            lane.Name,
            place,
            [$"{lane.Name}.saving", $"{lane.Name}.cost", $"{lane.Name}.net"],
            NamesOf(saving, cost),
            scope => EmitLane(scope, lane.Name, place, saving, cost)
        );
    }

    bool EmitLane(Scope scope, string name, string place, Expression? saving, Expression? cost)
    {
        var gain = scope.Compile(saving, $"{place}, saving", FieldKind.Number);
        var price = scope.Compile(cost, $"{place}, cost", FieldKind.Number);
        if (gain is not { } gainSlot || price is not { } priceSlot)
            return false;
        var net = scope.Emit("saving - cost", ("saving", gainSlot), ("cost", priceSlot));
        Provide(scope, $"{name}.saving", gainSlot, place);
        Provide(scope, $"{name}.cost", priceSlot, place);
        Provide(scope, $"{name}.net", net, place);
        required.Add(new(place, net));
        return true;
    }

    /// <param name="action">The chosen lane's action; null without a triage.</param>
    List<CompiledLane> CompileTriage(Scope scope, out SlotRef? action)
    {
        action = null;
        var compiled = new List<CompiledLane>();
        if (definition.Triage is not { } triage)
            return compiled;
        var (chosen, best, taken) = (
            scope.Builder.Constant(SlotType.Number, -1),
            scope.Builder.Constant(SlotType.Number, 0),
            scope.Builder.Constant(SlotType.Number, 0)
        );
        for (var i = 0; i < triage.Lanes.Count; i++)
        {
            var lane = triage.Lanes[i];
            var code = ActionOf(lane.Action, $"lane '{lane.Name}'");
            if (code < 0 || scope.Find($"{lane.Name}.net") is not { } net)
                continue;
            var threshold = scope.Builder.Constant(SlotType.Number, ThresholdOf(triage, lane));
            Trace($"{lane.Name}.threshold", threshold, $"lane '{lane.Name}'");
            var better = scope.Emit(
                "net > 0 and net >= threshold and net > best",
                ("net", net),
                ("threshold", threshold),
                ("best", best)
            );
            best = scope.Emit("if(better, net, best)", ("better", better), ("net", net), ("best", best));
            chosen = scope.Emit(Invariant($"if(better, {i}, chosen)"), ("better", better), ("chosen", chosen));
            taken = scope.Emit(Invariant($"if(better, {code}, taken)"), ("better", better), ("taken", taken));
        }
        for (var i = 0; i < triage.Lanes.Count; i++)
        {
            var lane = triage.Lanes[i];
            var reason = lane.Reason is null ? null : scope.Sentence(lane.Reason, $"lane '{lane.Name}', reason");
            compiled.Add(new(lane.Name, scope.Emit(Invariant($"chosen == {i}"), ("chosen", chosen)), reason));
        }
        action = taken;
        return compiled;
    }

    /// <summary>The net saving from which a lane is open: what its capacity leaves, at least 0.</summary>
    static double ThresholdOf(Triage triage, TriageLane lane)
    {
        if (lane.Threshold is { } pinned)
            return pinned;
        if (lane.CapacityPerDay is not { } capacity || capacity >= triage.ExpectedPerDay || lane.NetQuantiles.Count == 0)
            return 0;
        return Math.Max(0, UsualRange.QuantileAt(lane.NetQuantiles, 1 - capacity / triage.ExpectedPerDay));
    }

    /// <param name="triaged">The triage's action, or null.</param>
    /// <param name="action">The final action.</param>
    CompiledCheck? CompileCheck(Scope scope, List<CompiledRule> rules, SlotRef? triaged, out SlotRef action)
    {
        action = EmitRules(scope, rules);
        if (triaged is { } lane)
            action = scope.Emit("max(action, lane)", ("action", action), ("lane", lane));
        if (definition.RandomCheck is not { } check)
            return null;
        const string place = "random check";
        var code = ActionOf(check.Action, place);
        var among = check.Among is null
            ? scope.Builder.Constant(SlotType.Boolean, 1)
            : scope.Compile(check.Among, $"{place}, among", FieldKind.Boolean);
        var reason = check.Reason is null ? null : scope.Sentence(check.Reason, $"{place}, reason");
        if (among is not { } eligible || code < 0 || (reason is null) != (check.Reason is null))
            return null;
        var drawn = scope.Emit(
            Invariant($"coalesce(among and draw < {check.Share:R}, false)"),
            ("among", eligible),
            ("draw", scope.Draw)
        );
        var probability = scope.Emit(
            Invariant($"if(action >= {code}, 1, if(coalesce(among, false) and not is_missing(draw), {check.Share:R}, 0))"),
            ("action", action),
            ("among", eligible),
            ("draw", scope.Draw)
        );
        action = scope.Emit(Invariant($"if(drawn, max(action, {code}), action)"), ("drawn", drawn), ("action", action));
        Trace("random_check.draw", scope.Draw, place);
        Trace("random_check.drawn", drawn, place);
        Trace("random_check.probability", probability, place);
        return new(drawn, probability, reason);
    }

    static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
