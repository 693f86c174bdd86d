namespace Halley.Boosting;

/// <summary>How monotone constraints are kept.</summary>
public enum MonotoneMethod
{
    /// <summary>
    /// Every leaf is held by the present values of those leaves alone whose rows it is really ordered with: nothing is given away that the
    /// constraint does not ask for.
    /// </summary>
    Exact,

    /// <summary>Behind each cut both sides keep to their side of the middle for good: quicker, and loses more.</summary>
    Basic,
}
