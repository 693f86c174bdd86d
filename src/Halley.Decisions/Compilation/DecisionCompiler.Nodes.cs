using Halley.Data.Expressions;

namespace Halley.Decisions;

sealed partial class DecisionCompiler
{
    readonly List<LimitedStep> limits = [];
    readonly List<PlanPart> parts = [];

    /// <summary>Steps, models and lanes in the order of computation; null where there are too many.</summary>
    IReadOnlyList<PlanNode>? SortedNodes()
    {
        var lanes = definition.Triage?.Lanes ?? [];
        var count = definition.Steps.Count + definition.Models.Count + lanes.Count;
        if (count > MaximumNodes)
        {
            problems.Add(
                DecisionCodes.Setting,
                $"steps: there are {count} steps, models and lanes; at most {MaximumNodes} are allowed."
            );
            return null;
        }
        IEnumerable<PlanNode> nodes =
        [
            .. definition.Steps.Select(StepNode),
            .. definition.Models.Select(ModelNode),
            .. lanes.Select(LaneNode),
        ];
        return NodeOrder.Sort([.. nodes], problems);
    }

    /// <summary>Compiles the nodes; those that read a name that there is not come last, so that the error can offer every name there is.</summary>
    void EmitNodes(Scope scope, IReadOnlyList<PlanNode> nodes)
    {
        var provided = nodes.SelectMany(node => node.Provides).ToHashSet(StringComparer.Ordinal);
        var lost = nodes
            .Where(node => !node.Needs.All(name => provided.Contains(name) || scope.Find(name) is not null))
            .ToArray();
        foreach (var node in lost)
            scope.Break(node.Provides);
        foreach (var node in nodes.Except(lost).Concat(lost))
        {
            // What is needed and not yet there comes later: the circle has been told.
            var isCircular = node.Needs.Any(name => provided.Contains(name) && !scope.Knows(name));
            if (isCircular || !node.Emit(scope))
                scope.Break(node.Provides);
            parts.Add(new(node.Place, scope.Builder.InstructionCount));
        }
    }

    PlanNode StepNode(DecisionStep step)
    {
        var place = $"step '{step.Name}'";
        var value = problems.Try(() => Expression.Parse(step.Expression, place));
        var floor = step.Floor is null ? null : problems.Try(() => Expression.Parse(step.Floor, $"{place}, floor"));
        var cap = step.Cap is null ? null : problems.Try(() => Expression.Parse(step.Cap, $"{place}, cap"));
        var isLimited = step.Floor is not null || step.Cap is not null;
        var whole = value is not null && (floor is null) == (step.Floor is null) && (cap is null) == (step.Cap is null);
        return new(
            step.Name,
            place,
            isLimited ? [step.Name, $"{step.Name}.unbounded"] : [step.Name],
            NamesOf(value, floor, cap),
            scope => whole && (isLimited ? EmitLimited(scope, step.Name, value, floor, cap) : EmitStep(scope, step.Name, value))
        );
    }

    static string[] NamesOf(params Expression?[] formulas) =>
        [.. formulas.SelectMany(formula => formula?.Names ?? []).Distinct(StringComparer.Ordinal)];

    bool EmitStep(Scope scope, string name, Expression? value)
    {
        if (scope.Compile(value, $"step '{name}'") is not { } slot)
            return false;
        Provide(scope, name, slot, $"step '{name}'");
        return true;
    }

    bool EmitLimited(Scope scope, string name, Expression? value, Expression? floor, Expression? cap)
    {
        var place = $"step '{name}'";
        var unbounded = scope.Compile(value, place, FieldKind.Number);
        var low = scope.Compile(floor, $"{place}, floor", FieldKind.Number);
        var high = scope.Compile(cap, $"{place}, cap", FieldKind.Number);
        if (unbounded is not { } free || (low is null) != (floor is null) || (high is null) != (cap is null))
            return false;
        var bounded = low is { } floorSlot ? scope.Emit("max(value, floor)", ("value", free), ("floor", floorSlot)) : free;
        bounded = high is { } capSlot ? scope.Emit("min(value, cap)", ("value", bounded), ("cap", capSlot)) : bounded;
        Provide(scope, $"{name}.unbounded", free, place);
        Provide(scope, name, bounded, place);
        limits.Add(new(name, free, low, high, bounded));
        return true;
    }

    /// <summary>Makes a value readable by name, and part of the trace of explained answers.</summary>
    void Provide(Scope scope, string name, SlotRef slot, string maker)
    {
        scope.Slots.TryAdd(name, slot);
        Trace(name, slot, maker);
    }
}
