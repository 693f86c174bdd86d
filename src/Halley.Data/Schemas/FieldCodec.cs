using System.Globalization;

namespace Halley.Data;

/// <summary>A field ready for work: bounds, levels and rules as slot values. Immutable, safe to share between threads.</summary>
sealed class FieldCodec
{
    readonly double minimum;
    readonly double maximum;
    readonly bool whole;

    /// <exception cref="HalleyException">HLY1401: the field contradicts itself.</exception>
    public FieldCodec(Field field)
    {
        Field = field;
        if (FieldRules.ProblemOf(field) is { } problem)
            throw new HalleyException("HLY1401", $"field '{field.Name}': {problem}");
        // Finite bounds, so that infinities and NaN fail the one comparison that every value takes.
        minimum = Math.Max(field.Minimum ?? double.MinValue, field.Kind == FieldKind.Exposure ? 0 : double.MinValue);
        maximum = field.Maximum ?? double.MaxValue;
        whole = field.Whole;
        Levels = field.Levels is null ? null : new Utf8Index(field.Levels.Levels);
        MissingSlot = SlotOf(field, field.WhenMissing);
        UnseenSlot = SlotOf(field, field.WhenUnseen);
    }

    public Field Field { get; }

    /// <summary>Codes by UTF-8 text, or null where the levels are not declared.</summary>
    public Utf8Index? Levels { get; }

    /// <summary>Slot value in place of a missing one; meaningless where missing values are refused.</summary>
    public double MissingSlot { get; }

    /// <summary>Slot value in place of an unseen level; meaningless where unseen levels are refused.</summary>
    public double UnseenSlot { get; }

    /// <summary>Years at risk are never missing, whatever the rule says short of a replacement.</summary>
    public bool RefusesMissing =>
        Field.WhenMissing.Action == ValueAction.Reject
        || (Field.Kind == FieldKind.Exposure && Field.WhenMissing.Action == ValueAction.Missing);

    public FieldProblemKind CheckNumber(double value) =>
        value >= minimum && value <= maximum && (!whole || value == Math.Floor(value)) ? FieldProblemKind.None : Explain(value);

    public FieldProblemKind CheckDate(int dayNumber) =>
        dayNumber >= minimum && dayNumber <= maximum ? FieldProblemKind.None : FieldProblemKind.OutOfRange;

    FieldProblemKind Explain(double value) =>
        !double.IsFinite(value) ? FieldProblemKind.NotFinite
        : value < 0 && Field.Kind == FieldKind.Exposure ? FieldProblemKind.NegativeExposure
        : value < minimum || value > maximum ? FieldProblemKind.OutOfRange
        : FieldProblemKind.NotWhole;

    static double SlotOf(Field field, ValueRule rule) =>
        rule.Action != ValueAction.Replace ? double.NaN
        : field.Kind == FieldKind.Category ? field.Levels!.CodeOf(rule.Value!)
        : field.Kind == FieldKind.Boolean ? (rule.Value == "true" ? 1 : 0)
        : field.Kind == FieldKind.Date && IsoDate.TryParse(rule.Value!, out var day) ? day
        : field.Kind == FieldKind.Text ? double.NaN
        : double.Parse(rule.Value!, CultureInfo.InvariantCulture);
}
