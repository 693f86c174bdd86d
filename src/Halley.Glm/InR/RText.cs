using System.Globalization;
using System.Text;

namespace Halley.Glm;

/// <summary>Values as R source text: ASCII alone, so that a script means the same under every locale.</summary>
static class RText
{
    const int LineLength = 100;

    static readonly HashSet<string> Reserved =
    [
        "if",
        "else",
        "repeat",
        "while",
        "function",
        "for",
        "next",
        "break",
        "TRUE",
        "FALSE",
        "NULL",
        "Inf",
        "NaN",
        "NA",
        "in",
    ];

    /// <summary>A string literal.</summary>
    internal static string Of(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '"' or '\\')
                quoted.Append('\\').Append((char)rune.Value);
            else if (rune.Value is >= 32 and < 127)
                quoted.Append((char)rune.Value);
            else
                quoted.Append(CultureInfo.InvariantCulture, $"\\U{rune.Value:x8}");
        }
        return quoted.Append('"').ToString();
    }

    internal static string Of(double value) => InvariantText.Of(value);

    internal static string Of(IEnumerable<string> texts) => Vector(texts.Select(Of));

    internal static string Of(IEnumerable<double> values) => Vector(values.Select(Of));

    /// <summary>A name that needs no quotes in R, unlike all names in <paramref name="taken"/>, and is added to them.</summary>
    internal static string Name(string text, HashSet<string> taken)
    {
        var letters = text.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_').ToArray();
        var name = new string(letters).Trim('_');
        if (name.Length == 0 || !char.IsAsciiLetter(name[0]))
            name = "x" + name;
        if (Reserved.Contains(name))
            name += "_";
        var own = name;
        for (var number = 2; !taken.Add(own); number++)
            own = string.Create(CultureInfo.InvariantCulture, $"{name}_{number}");
        return own;
    }

    /// <summary>c(…), broken into lines.</summary>
    static string Vector(IEnumerable<string> items)
    {
        var (text, line) = (new StringBuilder("c("), 0);
        foreach (var item in items)
        {
            if (text.Length > 2)
                text.Append(", ");
            if (text.Length - line > LineLength)
            {
                text.Append("\n    ");
                line = text.Length;
            }
            text.Append(item);
        }
        return text.Append(')').ToString();
    }
}
