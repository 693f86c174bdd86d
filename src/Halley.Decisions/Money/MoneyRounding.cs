namespace Halley.Decisions;

/// <summary>Which multiple of the smallest unit an amount becomes.</summary>
public enum MoneyRounding
{
    /// <summary>The nearest; halves away from zero (commercial rounding).</summary>
    HalfUp,

    /// <summary>The nearest; halves to the even neighbour.</summary>
    HalfEven,

    /// <summary>The nearest; halves towards zero.</summary>
    HalfDown,

    /// <summary>Away from zero.</summary>
    Up,

    /// <summary>Towards zero.</summary>
    Down,

    /// <summary>Towards +∞.</summary>
    Ceiling,

    /// <summary>Towards −∞.</summary>
    Floor,
}
