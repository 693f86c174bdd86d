namespace Halley.Boosting;

/// <summary>How a column combines several others.</summary>
enum CombinationKind
{
    /// <summary>Constant + Σ factor · x.</summary>
    Sum,

    /// <summary>Constant + Σ factor · |x|.</summary>
    SumOfAbsolutes,

    /// <summary>The square root of Constant + Σ factor · x².</summary>
    Length,

    /// <summary>The largest factor · x; the constant where there is none.</summary>
    Largest,
}
