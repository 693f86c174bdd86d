namespace Halley.Models;

/// <summary>The schema of a model's raw inputs, from its spec and the data that it is fitted on.</summary>
static class InputSchema
{
    /// <param name="declared">The project's schema, which adds units, descriptions and ranges; null for none.</param>
    /// <param name="withExposure">Whether the exposure is among the fields.</param>
    /// <exception cref="HalleyException">HLY3403: a column is text, or exposure where a feature is needed; all such are named.</exception>
    public static Schema Of(ModelSpec spec, Table table, Schema? declared, bool withExposure)
    {
        var names = ModelInputs.ColumnsFor(spec, ModelInputs.ServedNames(spec));
        RefuseKinds(names.Select(name => table[name]));
        var fields = names.Select(name => FieldOf(spec, table[name], declared?.Find(name)));
        if (withExposure && spec.Exposure is not null)
            fields = fields.Append(ExposureField(spec.Exposure, declared?.Find(spec.Exposure)));
        return new(fields);
    }

    static Field FieldOf(ModelSpec spec, Column column, Field? declared)
    {
        var rule = ModelInputs.RuleOf(spec, column.Name);
        return new()
        {
            Name = column.Name,
            Kind = column.Kind,
            Role = column.Name == spec.Offset ? Role.Offset : Role.Feature,
            Unit = declared?.Unit,
            Description = declared?.Description,
            Minimum = declared?.Minimum,
            Maximum = declared?.Maximum,
            Whole = declared?.Whole ?? false,
            Levels = (column as CategoricalColumn)?.Levels,
            WhenMissing = rule?.WhenMissing ?? ValueRule.Missing,
            WhenUnseen = rule?.WhenUnseen ?? spec.Learner.DefaultWhenUnseen,
        };
    }

    static Field ExposureField(string name, Field? declared) =>
        new()
        {
            Name = name,
            Kind = FieldKind.Exposure,
            Role = Role.Exposure,
            Unit = declared?.Unit ?? "years",
            Description = declared?.Description,
        };

    static bool HoldsNothing(Column column) =>
        column.RowCount > 0 && Enumerable.Range(0, column.RowCount).All(row => column.TextAt(row) is null or "");

    static void RefuseKinds(IEnumerable<Column> columns)
    {
        var problems = new List<string>();
        foreach (var column in columns)
        {
            if (column.Kind == FieldKind.Text && HoldsNothing(column))
                problems.Add($"'{column.Name}' has no value in any row: leave it out of the model, or correct the column.");
            else if (column.Kind == FieldKind.Text)
                problems.Add($"'{column.Name}' is text: declare it a category, under 'kinds' in data.yaml or in the schema.");
            else if (column.Kind == FieldKind.Exposure)
                problems.Add($"'{column.Name}' is exposure, which is no feature: name it as the model's exposure.");
        }
        if (problems.Count > 0)
            throw new HalleyException("HLY3403", $"columns that can't be features: {string.Join(" ", problems)}");
    }
}
