using System.Text.Json;

namespace Halley.Decisions;

/// <summary>A plan's names as JSON, escaped once.</summary>
sealed class PlanNames(DecisionPlan plan)
{
    public JsonEncodedText[] Actions { get; } = [.. plan.Definition.Actions.Select(action => JsonEncodedText.Encode(action))];

    public JsonEncodedText[] Outputs { get; } =
    [.. plan.Outputs.Select(output => JsonEncodedText.Encode(output.Definition.Name))];

    public JsonEncodedText[] Instalments { get; } =
    [.. plan.Outputs.Select(output => JsonEncodedText.Encode(DecisionPlan.InstalmentsName(output.Definition.Name)))];

    public JsonEncodedText[] Steps { get; } = [.. plan.Steps.Select(step => JsonEncodedText.Encode(step.Name))];
}
