namespace Halley.Glm;

/// <summary>What an edit of a rating table does.</summary>
public enum RatingEditKind
{
    /// <summary>Gives levels a relativity, or the table a base value.</summary>
    Set,

    /// <summary>Brings relativities within limits.</summary>
    Cap,

    /// <summary>Rounds relativities to a number of decimals.</summary>
    Round,

    /// <summary>Gives levels their mean relativity, weighted by exposure.</summary>
    Group,

    /// <summary>Smooths the relativities of levels that have an order (Whittaker and Henderson).</summary>
    Smooth,
}
