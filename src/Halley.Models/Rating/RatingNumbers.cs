using System.Globalization;

namespace Halley.Models;

/// <summary>Relativities as a file writes them.</summary>
static class RatingNumbers
{
    /// <summary>With the declared decimals, else with all digits.</summary>
    public static SheetCell Cell(double value, int? decimals, char mark)
    {
        var text = decimals is { } places
            ? Math.Round(value, places, MidpointRounding.AwayFromZero).ToString($"F{places}", CultureInfo.InvariantCulture)
            : value.ToString("R", CultureInfo.InvariantCulture);
        return new(mark == '.' ? text : text.Replace('.', mark), IsNumber: true);
    }

    public static bool TryRead(string text, char mark, out double value)
    {
        text = text.Trim();
        // A point where a comma is the mark would be a thousand; it is refused, not guessed.
        value = double.NaN;
        return (mark == '.' || !text.Contains('.', StringComparison.Ordinal))
            && double.TryParse(text.Replace(mark, '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            && double.IsFinite(value);
    }
}
