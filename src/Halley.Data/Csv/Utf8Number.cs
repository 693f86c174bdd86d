using System.Globalization;

namespace Halley.Data;

/// <summary>Numbers from UTF-8 text, rounded correctly.</summary>
static class Utf8Number
{
    static readonly double[] PowersOfTen = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    /// <summary>Parses a decimal number; also takes NaN and infinities, which the caller must refuse.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, byte decimalMark, out double value)
    {
        // A mantissa below 2^53 and a power of ten up to 10^22 are exact doubles, so one division rounds correctly:
        // Clinger (1990), How to read floating point numbers accurately, PLDI.
        var (mantissa, digits, point) = (0UL, 0, -1);
        var negative = text.Length > 0 && text[0] == '-';
        for (var i = negative ? 1 : 0; i < text.Length; i++)
        {
            var digit = (uint)(text[i] - '0');
            if (digit <= 9)
            {
                mantissa = mantissa * 10 + digit;
                digits++;
            }
            else if (text[i] == decimalMark && point < 0)
            {
                point = i;
            }
            else
            {
                return TryParseSlowly(text, decimalMark, out value);
            }
        }
        if (digits is 0 or > 15)
            return TryParseSlowly(text, decimalMark, out value);
        value = point < 0 ? mantissa : mantissa / PowersOfTen[text.Length - 1 - point];
        if (negative)
            value = -value;
        return true;
    }

    /// <summary>Whether a text that is no number stands for NaN or an infinity.</summary>
    public static bool NamesNonFinite(string text) =>
        text.Trim().TrimStart('+', '-').ToLowerInvariant() is "nan" or "inf" or "infinity" or "∞";

    static bool TryParseSlowly(ReadOnlySpan<byte> text, byte decimalMark, out double value)
    {
        const NumberStyles Style =
            NumberStyles.AllowLeadingSign
            | NumberStyles.AllowDecimalPoint
            | NumberStyles.AllowExponent
            | NumberStyles.AllowLeadingWhite
            | NumberStyles.AllowTrailingWhite;
        if (decimalMark == '.')
            return double.TryParse(text, Style, CultureInfo.InvariantCulture, out value);
        if (text.Length > 64 || text.Contains((byte)'.'))
        {
            value = 0;
            return false;
        }
        Span<byte> copy = stackalloc byte[text.Length];
        text.Replace(copy, decimalMark, (byte)'.');
        return double.TryParse(copy, Style, CultureInfo.InvariantCulture, out value);
    }
}
