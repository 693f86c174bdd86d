using Halley.Data.Expressions;

namespace Halley.Decisions;

/// <summary>Where a plan holds what a model tells.</summary>
/// <param name="Outputs">In the order of <see cref="IDecisionModel.OutputNames"/>.</param>
readonly record struct EmittedModel(SlotRef Raw, SlotRef Prediction, IReadOnlyList<SlotRef> Outputs);
