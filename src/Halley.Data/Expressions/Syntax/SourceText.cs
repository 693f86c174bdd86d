namespace Halley.Data.Expressions;

/// <summary>Expression text and where it stands, for errors that show line, column and a caret.</summary>
/// <param name="Place">What the text belongs to, for example <c>step 'premium'</c>.</param>
sealed record SourceText(string Text, string Place)
{
    const int WidestLine = 100;

    /// <summary>An error at the character with index <paramref name="at"/>.</summary>
    public HalleyException Error(string code, int at, string message)
    {
        var lineStart = at == 0 ? 0 : Text.LastIndexOf('\n', Math.Min(at, Text.Length) - 1) + 1;
        var lineNumber = Text.AsSpan(0, lineStart).Count('\n') + 1;
        var lineEnd = Text.IndexOf('\n', lineStart);
        var line = Text[lineStart..(lineEnd < 0 ? Text.Length : lineEnd)].TrimEnd('\r').Replace('\t', ' ');
        var column = at - lineStart;
        // A long line is cut to a window that holds the caret.
        var from = Math.Max(0, Math.Min(column - WidestLine / 2, line.Length - WidestLine));
        var shown = line.Substring(from, Math.Min(WidestLine, line.Length - from));
        return new(
            code,
            $"{Place}, line {lineNumber}, column {column + 1}: {message}\n    {shown}\n    {new string(' ', Math.Max(0, column - from))}^"
        );
    }
}
