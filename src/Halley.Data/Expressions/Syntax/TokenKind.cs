namespace Halley.Data.Expressions;

enum TokenKind
{
    Number,
    Text,
    Name,

    /// <summary>A reserved word: <c>and or not in true false missing</c>.</summary>
    Word,

    /// <summary>An operator or a bracket.</summary>
    Symbol,
    End,
}
