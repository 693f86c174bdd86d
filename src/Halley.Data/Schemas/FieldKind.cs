namespace Halley.Data;

/// <summary>What a field's values are.</summary>
public enum FieldKind
{
    /// <summary>A finite double.</summary>
    Number,

    /// <summary>One of a declared list of levels.</summary>
    Category,

    Boolean,

    /// <summary>A calendar date, ISO 8601 (<c>2026-01-31</c>).</summary>
    Date,

    /// <summary>Free text such as an id; never a feature.</summary>
    Text,

    /// <summary>Years at risk, a number of at least 0: neither a weight nor a feature.</summary>
    Exposure,
}
