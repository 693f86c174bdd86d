using System.Globalization;

namespace Halley.Sources.Reading;

/// <summary>What the values of an undeclared CSV column look like.</summary>
sealed class KindGuess
{
    /// <summary>More digits than this do not survive as a double: such a column is an id, not a number.</summary>
    const int MostDigits = 15;

    bool hasValue;
    bool isNumber = true;
    bool isDate = true;
    bool isBoolean = true;

    public void Observe(string value)
    {
        hasValue = true;
        isNumber = isNumber && LooksLikeNumber(value);
        isDate = isDate && DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
        isBoolean = isBoolean && bool.TryParse(value, out _);
    }

    /// <summary>A column of missing values alone is a number, the kind that any later value refutes.</summary>
    public FieldKind Kind =>
        !hasValue || isNumber ? FieldKind.Number
        : isDate ? FieldKind.Date
        : isBoolean ? FieldKind.Boolean
        : FieldKind.Text;

    /// <summary>A leading zero is kept by reading text: postcodes and ids have them, numbers do not.</summary>
    static bool LooksLikeNumber(string value)
    {
        var digits = value.AsSpan().TrimStart("+-");
        return double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number)
            && !(digits.Length > 1 && digits[0] == '0' && char.IsAsciiDigit(digits[1]))
            && !(digits.Length > MostDigits && !digits.ContainsAnyExceptInRange('0', '9'));
    }
}
