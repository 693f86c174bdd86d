using System.Globalization;

namespace Halley.Data;

/// <summary>Whether a field's declaration makes sense in itself.</summary>
static class FieldRules
{
    /// <summary>The first contradiction, with the remedy; null where there is none.</summary>
    public static string? ProblemOf(Field field)
    {
        var measured = field.Kind is FieldKind.Number or FieldKind.Date or FieldKind.Exposure;
        if (field.Minimum is { } low && !double.IsFinite(low) || field.Maximum is { } high && !double.IsFinite(high))
            return "minimum and maximum must be finite. Leave a bound out where there is none.";
        if (field.Minimum > field.Maximum)
            return $"minimum {FieldWording.Bound(field, field.Minimum.Value)} is above maximum "
                + $"{FieldWording.Bound(field, field.Maximum!.Value)}. Swap them.";
        if (!measured && (field.Minimum ?? field.Maximum) is not null)
            return $"a {Name(field.Kind)} has no minimum or maximum. Remove them.";
        if (field.Whole && field.Kind != FieldKind.Number)
            return $"'whole' is for numbers, and this is a {Name(field.Kind)}. Remove it.";
        if (field.Levels is not null && field.Kind != FieldKind.Category)
            return $"levels are for a category, and this is a {Name(field.Kind)}. Remove them, or change the kind to category.";
        if (field.Role == Role.Exposure != (field.Kind == FieldKind.Exposure) && field.Role != Role.Ignore)
            return $"kind {Name(field.Kind)} and role {Name(field.Role)} don't go together: "
                + "years at risk have kind exposure and role exposure. Change one of the two.";
        return ReplacementProblem(field, field.WhenMissing, "missing") ?? ReplacementProblem(field, field.WhenUnseen, "unseen");
    }

    static string? ReplacementProblem(Field field, ValueRule rule, string when)
    {
        if (rule.Action != ValueAction.Replace)
            return null;
        var fits = field.Kind switch
        {
            FieldKind.Number or FieldKind.Exposure => IsNumberInRange(field, rule.Value),
            FieldKind.Category => rule.Value is not null && field.Levels?.CodeOf(rule.Value) >= 0,
            FieldKind.Boolean => rule.Value is "true" or "false",
            FieldKind.Date => rule.Value is not null && IsoDate.TryParse(rule.Value, out _),
            _ => rule.Value is not null,
        };
        return fits
            ? null
            : $"'{rule.Value}' can't stand for {when} values. Give {FieldWording.Expected(field)}, or choose reject or missing.";
    }

    static bool IsNumberInRange(Field field, string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
        && double.IsFinite(value)
        && !(value < field.Minimum || value > field.Maximum)
        && (field.Kind == FieldKind.Number || value >= 0)
        && (!field.Whole || value == Math.Floor(value));

    static string Name<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
