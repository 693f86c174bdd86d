namespace Halley.Data;

/// <summary>From what columns hold to a schema that a person can edit.</summary>
public static class SchemaInference
{
    /// <summary>The schema of a table as it stands: its kinds and levels, ranges from its values, and roles guessed from names.</summary>
    /// <remarks>A number column with a usual name of exposure, and no value against it, gets that kind and role.</remarks>
    public static InferredSchema Of(Table table) => Of(table.Columns.Select(ColumnFacts.Of));

    /// <summary>The schema of columns of which only the facts are known, for example because their rows are too many.</summary>
    public static InferredSchema Of(IEnumerable<ColumnFacts> columns)
    {
        var guesses = new List<SchemaGuess>();
        var schema = new Schema(columns.Select(column => FieldOf(column, guesses)));
        return new(schema, guesses);
    }

    static Field FieldOf(ColumnFacts column, List<SchemaGuess> guesses)
    {
        var role = RoleOf(column, guesses);
        var kind = role == Role.Exposure ? FieldKind.Exposure : column.Kind;
        var field = new Field
        {
            Name = column.Name,
            Kind = kind,
            Role = role,
            Whole = kind == FieldKind.Number && column.AllWhole,
            Levels = kind == FieldKind.Category ? column.Levels : null,
            Unit = kind == FieldKind.Exposure ? "years" : null,
            WhenMissing = column.Missing > 0 ? ValueRule.Missing : ValueRule.Reject,
        };
        return kind is FieldKind.Number or FieldKind.Exposure ? WithRange(field, column, guesses) : field;
    }

    static Role RoleOf(ColumnFacts column, List<SchemaGuess> guesses)
    {
        if (column.Kind == FieldKind.Exposure)
            return Role.Exposure;
        var role = RoleGuess.Of(column.Name, column.Kind, column.Smallest, column.Missing);
        if (role != Role.Feature)
            guesses.Add(new(column.Name, $"role {role.ToString().ToLowerInvariant()}", $"its name is '{column.Name}'"));
        else if (column.Missing == column.Rows || column.Kind is FieldKind.Text or FieldKind.Date)
            role = WithoutName(column, guesses);
        return role;
    }

    static Role WithoutName(ColumnFacts column, List<SchemaGuess> guesses)
    {
        var (role, reason) =
            column.Missing == column.Rows ? (Role.Ignore, "no row has a value")
            : column.Kind == FieldKind.Date ? (Role.Date, "its values are dates")
            : (Role.Ignore, "it has almost as many different texts as rows");
        guesses.Add(new(column.Name, $"role {role.ToString().ToLowerInvariant()}", reason));
        return role;
    }

    /// <summary>
    /// A plausible range: for a feature what was seen, widened on each side by half its span but not across zero; else only the sign.
    /// </summary>
    static Field WithRange(Field field, ColumnFacts column, List<SchemaGuess> guesses)
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
