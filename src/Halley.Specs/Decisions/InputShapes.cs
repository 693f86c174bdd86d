using Halley.Data;
using static Halley.Specs.Shapes;

namespace Halley.Specs;

/// <summary>The fields of a request, as a decision declares them.</summary>
static class InputShapes
{
    static readonly Shape<Field> FieldShape = new ObjectShape<Field>(
        "an input field",
        [
            Required(
                "kind",
                Choice(
                    ("number", FieldKind.Number),
                    ("category", FieldKind.Category),
                    ("boolean", FieldKind.Boolean),
                    ("date", FieldKind.Date),
                    ("text", FieldKind.Text),
                    ("exposure", FieldKind.Exposure)
                ),
                "What its values are."
            ),
            Optional(
                "role",
                Choice(("feature", Role.Feature), ("id", Role.Id), ("ignore", Role.Ignore), ("exposure", Role.Exposure)),
                "id: names the unit that is decided on. Default feature."
            ),
            Optional("unit", Text, "Unit in words, for example years or EUR."),
            Optional("description", Text, "What a caller should know."),
            Optional("minimum", Shapes.Number, "Smallest value allowed."),
            Optional("maximum", Shapes.Number, "Largest value allowed."),
            Optional("whole", Flag, "Whether a number must be whole. Default false."),
            Optional("levels", Texts, "Levels of a category, in code order."),
            Optional("missing", TermShapes.Rule, "For a missing or null value: reject (default), missing, or the value to use."),
            Optional("unseen", TermShapes.Rule, "For a level that is not listed: reject (default), missing, or a level."),
        ],
        values =>
        {
            var kind = values.Get<FieldKind>("kind");
            if (kind == FieldKind.Category != values.Has("levels"))
                values.Refuse(
                    "levels",
                    kind == FieldKind.Category ? "a category needs its 'levels'." : "only a category has 'levels'."
                );
            return new()
            {
                Name = "",
                Kind = kind,
                Role = values.Or("role", kind == FieldKind.Exposure ? Role.Exposure : Role.Feature),
                Unit = values.Text("unit"),
                Description = values.Text("description"),
                Minimum = values.Number("minimum"),
                Maximum = values.Number("maximum"),
                Whole = values.Or("whole", false),
                Levels = values.Has("levels") ? LevelsOf(values) : null,
                WhenMissing = values.Or("missing", ValueRule.Reject),
                WhenUnseen = values.Or("unseen", ValueRule.Reject),
            };
        }
    );

    /// <summary>Fields by name, in the file's order.</summary>
    public static Shape<Schema> Fields { get; } =
        MapOf(FieldShape).Then<Schema>(pairs => new(pairs.Select(pair => pair.Value with { Name = pair.Key })));

    static LevelList? LevelsOf(KeyValues values)
    {
        var levels = values.Get<IReadOnlyList<string>>("levels");
        if (levels.GroupBy(level => level).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            values.Refuse("levels", $"the level '{twice.Key}' is listed twice.");
            return null;
        }
        return new(levels);
    }
}
