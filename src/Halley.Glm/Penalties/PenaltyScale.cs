namespace Halley.Glm;

/// <summary>Which coefficients are measured by their column's standard deviation, so that a column's unit does not matter.</summary>
public enum PenaltyScale
{
    /// <summary>Those of numbers. Levels are not: a rare level is then drawn to the others more than a common one.</summary>
    Numbers,

    /// <summary>All, levels too: what glmnet does unless told otherwise.</summary>
    All,

    /// <summary>None: the penalty acts on the coefficients as they are.</summary>
    None,
}
