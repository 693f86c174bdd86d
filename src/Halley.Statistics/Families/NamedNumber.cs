using System.Globalization;

namespace Halley.Statistics;

/// <summary>Names that carry a number, such as <c>tweedie(1.5)</c>.</summary>
static class NamedNumber
{
    /// <summary>Reads <c>name(number)</c> with a finite number in the invariant culture.</summary>
    internal static bool TryParse(string? text, string name, out double number)
    {
        number = double.NaN;
        return text is not null
            && text.StartsWith(name, StringComparison.Ordinal)
            && text.Length > name.Length + 2
            && text[name.Length] == '('
            && text[^1] == ')'
            && double.TryParse(text.AsSpan()[(name.Length + 1)..^1], NumberStyles.Float, CultureInfo.InvariantCulture, out number)
            && double.IsFinite(number);
    }

    internal static string Format(string name, double number) => $"{name}({number.ToString("R", CultureInfo.InvariantCulture)})";
}
