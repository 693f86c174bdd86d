namespace Halley.Data.Expressions;

/// <summary>A piece of expression text.</summary>
/// <param name="Text">Name without backquotes, text without quotes and escapes, otherwise as written.</param>
/// <param name="At">Index of its first character in the whole text.</param>
readonly record struct Token(TokenKind Kind, string Text, int At, double Value = 0)
{
    public bool Is(string symbolOrWord) => Kind is TokenKind.Symbol or TokenKind.Word && Text == symbolOrWord;

    /// <summary>How an error names it.</summary>
    public string Described =>
        Kind switch
        {
            TokenKind.End => "the end",
            TokenKind.Text => $"the text \"{Text}\"",
            TokenKind.Name => $"the name '{Text}'",
            _ => $"'{Text}'",
        };
}
