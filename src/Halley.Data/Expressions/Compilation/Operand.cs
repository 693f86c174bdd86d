namespace Halley.Data.Expressions;

/// <summary>A compiled subexpression: a slot, or a constant known before any row is.</summary>
/// <param name="Type">Kind text stands for a text that has not met a category yet; it has no slot form.</param>
abstract record Operand(SlotType Type)
{
    public FieldKind Kind => Type.Kind;
}

sealed record SlotOperand(SlotRef Slot) : Operand(Slot.Type);

sealed record ConstantOperand(SlotType Type, double Value) : Operand(Type);

sealed record TextOperand(string Text) : Operand(TextType)
{
    static readonly SlotType TextType = new(FieldKind.Text);
}

/// <summary>The word <c>missing</c>, which takes the type of what it stands beside.</summary>
sealed record MissingOperand() : Operand(SlotType.Number);
