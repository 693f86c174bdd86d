using Halley.Data.Expressions;

namespace Halley.Decisions;

/// <summary>A step with floor or cap.</summary>
sealed record LimitedStep(string Name, SlotRef Unbounded, SlotRef? Floor, SlotRef? Cap, SlotRef Value);

/// <summary>A model's two values, which must be finite.</summary>
sealed record EmbeddedSlots(string Part, SlotRef Raw, SlotRef Prediction);

/// <summary>A value that must be there for the decision to stand.</summary>
sealed record RequiredSlot(string Part, SlotRef Slot);

/// <summary>An eligibility rule; <paramref name="Fired"/> is missing where it can't be checked.</summary>
sealed record CompiledRule(string Name, SlotRef Fired, int Action, SentenceTemplate Reason);

/// <param name="Chosen">1 where the lane is taken.</param>
sealed record CompiledLane(string Name, SlotRef Chosen, SentenceTemplate? Reason);

/// <param name="Drawn">1 where the record is drawn.</param>
/// <param name="Probability">With which the record gets the check's action or a more severe one.</param>
sealed record CompiledCheck(SlotRef Drawn, SlotRef Probability, SentenceTemplate? Reason);

/// <param name="LeftOutWith">Bit a: left out with action a.</param>
sealed record CompiledOutput(DecisionOutput Definition, SlotRef Value, SlotRef? Instalments, ulong LeftOutWith);

/// <param name="When">1 where the condition holds; null for always.</param>
/// <param name="ToldWith">Bit a: told with action a.</param>
sealed record CompiledReason(
    ReasonTemplate Definition,
    SentenceTemplate Text,
    SlotRef Contribution,
    SlotRef? When,
    ulong ToldWith
);
