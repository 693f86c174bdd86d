namespace Halley.Data.Expressions;

/// <summary>Stable codes of the errors that expressions give.</summary>
static class ExpressionCodes
{
    /// <summary>The text is not an expression.</summary>
    public const string Syntax = "HLY1201";

    /// <summary>A name, function or table that there is not.</summary>
    public const string UnknownName = "HLY1202";

    /// <summary>A value of one kind where another is needed, or a wrong number of arguments.</summary>
    public const string Type = "HLY1203";

    /// <summary>A text that is not a level of the category it meets.</summary>
    public const string NotALevel = "HLY1204";

    /// <summary>A lookup table that contradicts itself or its use.</summary>
    public const string Table = "HLY1205";

    /// <summary>Too long, too deep or too large.</summary>
    public const string Limit = "HLY1206";

    /// <summary>At run time: a value that the declared rule rejects.</summary>
    public const string Rejected = "HLY1207";
}
