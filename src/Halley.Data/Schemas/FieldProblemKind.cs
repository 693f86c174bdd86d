namespace Halley.Data;

/// <summary>What can be wrong with one value of a field.</summary>
public enum FieldProblemKind
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>No value where the field needs one.</summary>
    Missing,

    /// <summary>The text is no number.</summary>
    NotANumber,

    /// <summary>NaN, an infinity, or a number too large for a double.</summary>
    NotFinite,

    /// <summary>Below the declared minimum or above the maximum.</summary>
    OutOfRange,

    /// <summary>Exposure below 0.</summary>
    NegativeExposure,

    /// <summary>A fraction where a whole number is declared.</summary>
    NotWhole,

    /// <summary>A level that the schema does not list.</summary>
    UnknownLevel,

    /// <summary>No calendar date in ISO 8601 form.</summary>
    BadDate,

    /// <summary>Neither true nor false.</summary>
    BadBoolean,

    /// <summary>A number sent as text.</summary>
    NumberAsText,

    /// <summary>A value of another kind, for example a list or an object.</summary>
    WrongKind,

    /// <summary>The field appears twice in one record.</summary>
    Duplicate,

    /// <summary>A field that the schema does not have.</summary>
    Extra,

    /// <summary>The record as a whole can't be read.</summary>
    Unreadable,
}
