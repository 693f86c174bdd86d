namespace Halley.Cli;

/// <summary>Texts as YAML scalars.</summary>
static class Yaml
{
    /// <summary>The text, quoted where YAML could take it for something else.</summary>
    public static string Quoted(string text) =>
        text.Length > 0
        && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '/')
        && char.IsAsciiLetter(text[0])
        && text is not ("true" or "false" or "null" or "yes" or "no" or "on" or "off")
            ? text
            : "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
