namespace Halley.Glm;

/// <summary>How the coefficients of a term of levels may run along its levels, the base at 0 included.</summary>
public enum MonotoneRule
{
    /// <summary>As they like.</summary>
    Free,

    /// <summary>No level below the one before it.</summary>
    Rising,

    /// <summary>No level above the one before it.</summary>
    Falling,
}
