using System.Globalization;

namespace Halley.Data;

/// <summary>The words in which a field's declaration and its problems are told, the same for files and live requests.</summary>
static class FieldWording
{
    const int LevelsShown = 12;

    /// <summary>What the field allows: <c>a whole number from 18 to 100 (years)</c>.</summary>
    public static string Expected(Field field) =>
        field.Kind switch
        {
            FieldKind.Number => (field.Whole ? "a whole number" : "a number") + Range(field) + Unit(field),
            FieldKind.Exposure => "years at risk, a number" + Range(field with { Minimum = Math.Max(field.Minimum ?? 0, 0) }),
            FieldKind.Category => field.Levels is null ? "a level, as text" : "one of " + LevelsOf(field.Levels),
            FieldKind.Boolean => "true or false",
            FieldKind.Date => "a date such as 2026-01-31" + Range(field),
            _ => "text",
        };

    /// <summary>What is wrong, to follow the value: <c>is out of range</c>.</summary>
    public static string Problem(FieldProblemKind kind) =>
        kind switch
        {
            FieldProblemKind.Missing => "the value is missing",
            FieldProblemKind.NotANumber => "is not a number",
            FieldProblemKind.NotFinite => "is not a finite number",
            FieldProblemKind.OutOfRange => "is out of range",
            FieldProblemKind.NegativeExposure => "is negative, which years at risk can't be",
            FieldProblemKind.NotWhole => "is not whole",
            FieldProblemKind.UnknownLevel => "is not a known level",
            FieldProblemKind.BadDate => "is not a calendar date in the form YYYY-MM-DD",
            FieldProblemKind.BadBoolean => "is neither true nor false",
            FieldProblemKind.NumberAsText => "is text where a number is needed",
            FieldProblemKind.WrongKind => "is of the wrong kind",
            FieldProblemKind.Duplicate => "appears twice",
            FieldProblemKind.Extra => "is not a field of the schema",
            _ => "can't be read",
        };

    /// <summary>A bound as the user writes it: a date for dates, else a number.</summary>
    public static string Bound(Field field, double bound) =>
        field.Kind == FieldKind.Date
            ? DateOnly.FromDayNumber((int)bound).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : bound.ToString("R", CultureInfo.InvariantCulture);

    static string Range(Field field) =>
        (field.Minimum, field.Maximum) switch
        {
            ({ } low, { } high) => $" from {Bound(field, low)} to {Bound(field, high)}",
            ({ } low, null) => $" of at least {Bound(field, low)}",
            (null, { } high) => $" of at most {Bound(field, high)}",
            _ => "",
        };

    static string Unit(Field field) => field.Unit is null ? "" : $" ({field.Unit})";

    static string LevelsOf(LevelList levels) =>
        string.Join(", ", levels.Levels.Take(LevelsShown).Select(level => level.Length == 0 ? "\"\"" : level))
        + (levels.Count > LevelsShown ? $" and {levels.Count - LevelsShown} more" : "");
}
