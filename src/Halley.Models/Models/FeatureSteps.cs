using Halley.Data.Expressions;

namespace Halley.Models;

/// <summary>From a caller's raw fields to the named features: rules first, then the derived features in order.</summary>
/// <remarks>Training, batch and live all emit these same instructions, so what a feature means can't differ between them.</remarks>
static class FeatureSteps
{
    /// <summary>Adds the instructions and returns every input and derived feature by name.</summary>
    /// <param name="inputs">Raw fields with the levels and rules of the model.</param>
    /// <param name="scope">The caller's slots by field name.</param>
    /// <exception cref="HalleyException">HLY3301: the caller lacks a field; HLY12xx: a field or expression does not fit.</exception>
    public static Dictionary<string, SlotRef> Emit(
        PlanBuilder builder,
        Schema inputs,
        IEnumerable<FeatureStep> steps,
        IReadOnlyDictionary<string, SlotRef> scope
    )
    {
        RefuseLacking(inputs, scope);
        var features = new Dictionary<string, SlotRef>(StringComparer.Ordinal);
        foreach (var field in inputs.Fields)
        {
            var wanted = SlotType.Of(field);
            features[field.Name] = Recode.Emit(
                builder,
                scope[field.Name],
                field.Name,
                wanted,
                field.WhenMissing,
                field.WhenUnseen
            );
        }
        foreach (var step in steps)
        {
            var derived = step.Expression.Compile(builder, features, step.Tables);
            features[step.Name] = Recode.Emit(builder, derived, step.Name, derived.Type, step.WhenMissing, ValueRule.Missing);
        }
        return features;
    }

    static void RefuseLacking(Schema inputs, IReadOnlyDictionary<string, SlotRef> scope)
    {
        var lacking = inputs.Fields.Where(field => !scope.ContainsKey(field.Name)).Select(field => $"'{field.Name}'").ToList();
        if (lacking.Count > 0)
            throw new HalleyException(
                "HLY3301",
                $"the model needs {string.Join(", ", lacking)}, which the caller does not have. It has: {string.Join(", ", scope.Keys)}. "
                    + "Add the fields, or rename those that mean the same."
            );
    }
}
