using System.Globalization;

namespace Halley.Glm;

/// <summary>Numbers as text in the invariant culture.</summary>
static class InvariantText
{
    /// <summary>The shortest text that reads back as the same double.</summary>
    internal static string Of(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    internal static bool TryNumber(string? text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}
