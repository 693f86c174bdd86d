namespace Halley.Data.Expressions;

/// <summary>Reads one key cell of a lookup table as bounds in slot values.</summary>
static class KeyCell
{
    /// <summary>[lower, upper) of a range, equal bounds of an exact value, NaN for a null cell; null where the text does not fit.</summary>
    public static (double Lower, double Upper)? Read(string? cell, bool isRange, SlotType type)
    {
        if (cell is null)
            return (double.NaN, double.NaN);
        if (isRange)
            return ReadRange(cell, type);
        return ReadValue(cell, type) is { } value ? (value, value) : null;
    }

    /// <summary>What a fitting cell looks like, for messages.</summary>
    public static string Expected(bool isRange, SlotType type) =>
        (isRange, type.Kind) switch
        {
            (true, FieldKind.Date) => "a range of dates, such as 2026-01-01..2026-07-01, ..2026-01-01 or 2026-07-01..",
            (true, _) => "a range, such as 18..25 (25 not included), ..18 or 65..",
            (_, FieldKind.Category) => "one of the levels",
            (_, FieldKind.Boolean) => "true or false",
            (_, FieldKind.Date) => "a date, such as 2026-01-31",
            _ => "a number",
        };

    static (double, double)? ReadRange(string cell, SlotType type)
    {
        var dots = cell.IndexOf("..", StringComparison.Ordinal);
        if (dots < 0)
            return null;
        var lower = ReadEnd(cell[..dots].Trim(), double.NegativeInfinity, type);
        var upper = ReadEnd(cell[(dots + 2)..].Trim(), double.PositiveInfinity, type);
        return lower < upper ? (lower.Value, upper.Value) : null;
    }

    static double? ReadEnd(string text, double open, SlotType type) => text.Length == 0 ? open : ReadValue(text, type);

    static double? ReadValue(string text, SlotType type) =>
        type.Kind switch
        {
            FieldKind.Category => type.Levels!.CodeOf(text) is >= 0 and var code ? code : null,
            FieldKind.Boolean => text switch
            {
                "true" => 1,
                "false" => 0,
                _ => null,
            },
            FieldKind.Date => DateText.Read(text),
            _ => KeyAxis.ParseNumber(text),
        };
}
