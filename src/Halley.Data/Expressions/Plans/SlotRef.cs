namespace Halley.Data.Expressions;

/// <summary>A slot of a plan and what it holds.</summary>
public readonly record struct SlotRef(int Index, SlotType Type);
