namespace Halley.Glm;

/// <summary>How the levels of a rating factor are read from a column.</summary>
public enum RatingAxisKind
{
    /// <summary>Levels of a category.</summary>
    Category,

    /// <summary>False and true.</summary>
    Boolean,

    /// <summary>Distinct numbers.</summary>
    Value,

    /// <summary>Bands of a number, for example <c>&lt;6</c>, <c>[6,13)</c>, <c>&gt;=13</c>.</summary>
    Band,
}
