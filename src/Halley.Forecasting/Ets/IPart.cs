namespace Halley.Forecasting;

/// <summary>Marks at compile time how a part enters, so that each form gets a recursion without branches.</summary>
interface IPart
{
    static abstract EtsPart Kind { get; }
}

readonly struct NonePart : IPart
{
    public static EtsPart Kind => EtsPart.None;
}

readonly struct AdditivePart : IPart
{
    public static EtsPart Kind => EtsPart.Additive;
}

readonly struct MultiplicativePart : IPart
{
    public static EtsPart Kind => EtsPart.Multiplicative;
}
