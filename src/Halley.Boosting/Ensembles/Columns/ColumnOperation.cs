namespace Halley.Boosting;

/// <summary>What a derived column makes of one number x, or of x and a second number y. Comparisons give 1 or 0.</summary>
enum ColumnOperation
{
    /// <summary>x itself: rounded, where the column rounds.</summary>
    Round,
    Add,
    Subtract,

    /// <summary>y − x.</summary>
    SubtractFrom,
    Multiply,
    Divide,

    /// <summary>y / x.</summary>
    DivideInto,

    /// <summary>x to the power of y.</summary>
    Power,
    Minimum,
    Maximum,
    Exp,
    Log,
    Sqrt,
    Square,
    Abs,
    Floor,
    Ceiling,

    /// <summary>Towards zero.</summary>
    Truncate,

    /// <summary>1/(1 + e^−x).</summary>
    Sigmoid,

    /// <summary>x &gt; y.</summary>
    Above,

    /// <summary>x = y.</summary>
    Equals,

    /// <summary>1 where x is missing.</summary>
    IsMissing,

    /// <summary>1 where x is 0.</summary>
    Not,

    /// <summary>y, whatever x is.</summary>
    Constant,
}
