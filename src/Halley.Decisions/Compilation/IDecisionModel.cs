using Halley.Data.Expressions;

namespace Halley.Decisions;

/// <summary>What the compiler needs of a model.</summary>
interface IDecisionModel
{
    /// <summary>Fields that it reads.</summary>
    IReadOnlyList<string> InputNames { get; }

    /// <summary>Adds the model to a plan.</summary>
    /// <param name="scope">Every one of <see cref="InputNames"/> is among them.</param>
    (SlotRef Raw, SlotRef Prediction) Emit(PlanBuilder builder, IReadOnlyDictionary<string, SlotRef> scope);
}
