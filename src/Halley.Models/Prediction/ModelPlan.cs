using Halley.Data.Expressions;

namespace Halley.Models;

/// <summary>A model alone in a plan, with an input slot for each field.</summary>
/// <param name="InputSlots">Slots of the fields, in the order in which they were given.</param>
sealed record ModelPlan(SlotPlan Plan, int[] InputSlots, ModelSlots Slots)
{
    /// <param name="fields">Names and types of what the caller has; every field of the model's score inputs must be among them.</param>
    public static ModelPlan Of(FittedModel model, IEnumerable<(string Name, SlotType Type)> fields)
    {
        var builder = new PlanBuilder();
        var scope = new Dictionary<string, SlotRef>(StringComparer.Ordinal);
        var inputs = new List<int>();
        foreach (var (name, type) in fields)
        {
            var slot = builder.Allocate(type);
            scope.Add(name, slot);
            inputs.Add(slot.Index);
        }
        var slots = model.Emit(builder, scope);
        return new(builder.Build(), [.. inputs], slots);
    }
}
