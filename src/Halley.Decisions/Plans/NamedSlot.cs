using Halley.Data.Expressions;

namespace Halley.Decisions;

/// <summary>A named value of a decision and where its plan holds it.</summary>
/// <param name="Maker">What computes it, for messages: <c>step 'premium'</c>.</param>
public sealed record NamedSlot(string Name, SlotRef Slot, string Maker);
