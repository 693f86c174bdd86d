namespace Halley.Data;

/// <summary>From what a file's columns hold to a schema that a person can edit.</summary>
static class SchemaInference
{
    public static InferredSchema Of(IReadOnlyList<ColumnInference> columns)
    {
        var guesses = new List<SchemaGuess>();
        var schema = new Schema(columns.Select(column => FieldOf(column, guesses)));
        return new(schema, guesses);
    }

    static Field FieldOf(ColumnInference column, List<SchemaGuess> guesses)
    {
        var kind = KindOf(column);
        var role = RoleGuess.Of(column.Name, kind, column.Smallest, column.Missing);
        if (role == Role.Exposure)
            kind = FieldKind.Exposure;
        if (role != Role.Feature)
            guesses.Add(new(column.Name, $"role {role.ToString().ToLowerInvariant()}", $"its name is '{column.Name}'"));
        else if (column.Missing == column.Rows || kind == FieldKind.Text || kind == FieldKind.Date)
            role = WithoutName(column, kind, guesses);
        var field = new Field
        {
            Name = column.Name,
            Kind = kind,
            Role = role,
            Whole = kind == FieldKind.Number && column.AllWhole,
            Levels = kind == FieldKind.Category ? LevelsOf(column) : null,
            Unit = kind == FieldKind.Exposure ? "years" : null,
            WhenMissing = column.Missing > 0 ? ValueRule.Missing : ValueRule.Reject,
        };
        return kind is FieldKind.Number or FieldKind.Exposure ? WithRange(field, column, guesses) : field;
    }

    static FieldKind KindOf(ColumnInference column)
    {
        if (column.DistinctTexts == 0)
            return FieldKind.Text;
        if (column.AllNumbers && !column.HasEmptyText)
            return FieldKind.Number;
        if (column.AllDates && !column.HasEmptyText)
            return FieldKind.Date;
        if (!column.HasEmptyText && column.Texts.All(text => text is "true" or "false" or "True" or "False" or "TRUE" or "FALSE"))
            return FieldKind.Boolean;
        var present = column.Rows - column.Missing;
        // A level a row, or nearly, says nothing about other rows. Small files are given the benefit of the doubt.
        var isText = column.DistinctTexts > ColumnInference.MostLevels || column.DistinctTexts > Math.Max(50, present / 2);
        return isText ? FieldKind.Text : FieldKind.Category;
    }

    static Role WithoutName(ColumnInference column, FieldKind kind, List<SchemaGuess> guesses)
    {
        var (role, reason) =
            column.Missing == column.Rows ? (Role.Ignore, "no row has a value")
            : kind == FieldKind.Date ? (Role.Date, "its values are dates")
            : (Role.Ignore, "it has almost as many different texts as rows");
        guesses.Add(new(column.Name, $"role {role.ToString().ToLowerInvariant()}", reason));
        return role;
    }

    static LevelList LevelsOf(ColumnInference column)
    {
        string[] levels = [.. column.HasEmptyText ? column.Texts.Append("") : column.Texts];
        return new(LevelOrder.Sort(levels).Select(position => levels[position]));
    }

    /// <summary>
    /// A plausible range: for a feature what was seen, widened on each side by half its span but not across zero; else only the sign.
    /// </summary>
    static Field WithRange(Field field, ColumnInference column, List<SchemaGuess> guesses)
    {
        var (low, high) = (column.Smallest, column.Largest);
        if (field.Role != Role.Feature)
            return low >= 0 ? field with { Minimum = 0 } : field;
        var slack = (high - low) / 2;
        var (from, to) = (low - slack, high + slack);
        if (low >= 0 && from < 0)
            from = 0;
        if (high <= 0 && to > 0)
            to = 0;
        if (!double.IsFinite(slack))
            return field;
        if (field.Whole)
            (from, to) = (Math.Floor(from), Math.Ceiling(to));
        var ranged = field with { Minimum = from, Maximum = to };
        guesses.Add(
            new(
                field.Name,
                $"range {FieldWording.Bound(ranged, from)} to {FieldWording.Bound(ranged, to)}",
                $"values go from {FieldWording.Bound(ranged, low)} to {FieldWording.Bound(ranged, high)}; half their span is added on each side"
            )
        );
        return ranged;
    }
}
