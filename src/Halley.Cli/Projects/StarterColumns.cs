using Halley.Data;

namespace Halley.Cli;

/// <summary>Which columns of a user's file a starter project learns from, and why it leaves out the others.</summary>
sealed class StarterColumns
{
    static readonly string[] CountNames =
    [
        "claimnb",
        "claim_count",
        "claimcount",
        "claims",
        "nclaims",
        "numclaims",
        "count",
        "frequency",
    ];
    static readonly string[] CostNames =
    [
        "claimamount",
        "claim_amount",
        "claim_total",
        "claimtotal",
        "amount",
        "cost",
        "loss",
        "severity",
    ];
    static readonly string[] YesNoNames = ["fraud", "fraudfound_p", "lapse", "converted", "claimocc", "large", "target", "y"];

    /// <summary>Warnings of a profile after which a column is no feature.</summary>
    static readonly string[] Refused =
    [
        "id-leak",
        "row-number",
        "target-copy",
        "value-per-row",
        "constant",
        "twin",
        "decimal-comma",
        "date-format",
    ];

    static readonly string[] LearnNames = ["learn", "train", "training"];
    static readonly string[] ValidationNames = ["validation", "valid", "val"];
    static readonly string[] TestNames = ["test", "holdout"];

    readonly Table table;
    readonly Dictionary<string, string> warned = new(StringComparer.Ordinal);

    StarterColumns(Schema schema, Table table, string target, IReadOnlyList<DataWarning> warnings)
    {
        this.table = table;
        foreach (var warning in warnings.Where(warning => warning.Column is not null && Refused.Contains(warning.Code)))
            warned.TryAdd(warning.Column!, warning.Message);
        OrderLeak = warnings.FirstOrDefault(warning => warning.Code == "row-order-leak")?.Message;
        Exposure = schema.OfRole(Role.Exposure)?.Name;
        Split = schema.Fields.FirstOrDefault(field => field.Role == Role.Split && IsSplit(field));
        var reasons = schema
            .Fields.Where(field => field.Name != target && field.Name != Exposure && field != Split)
            .Select(field => (Field: field, Reason: ReasonAgainst(field)))
            .ToList();
        Features = [.. reasons.Where(column => column.Reason is null).Select(column => column.Field)];
        LeftOut =
        [
            .. reasons
                .Where(column => column.Reason is not null)
                .Select(column => new LeftOutColumn(column.Field.Name, column.Reason!)),
        ];
    }

    public string? Exposure { get; }

    /// <summary>Column of a split that the file brings, with levels for learn and test; null for none.</summary>
    public Field? Split { get; }

    public IReadOnlyList<Field> Features { get; }

    public IReadOnlyList<LeftOutColumn> LeftOut { get; }

    /// <summary>That the order of rows gives the target away, and what to do; null where it does not.</summary>
    public string? OrderLeak { get; }

    public static StarterColumns Of(Schema schema, Table table, string target, CancellationToken cancellation)
    {
        var options = ProfileOptions.Of(schema) with { Target = target };
        var profile = DataProfile.Of(WithNumber(table, target), options, cancellation: cancellation);
        return new(schema, table, target, profile.Warnings);
    }

    /// <summary>The column to predict, by its role or its name; null where none looks like it.</summary>
    public static string? GuessTarget(Schema schema) =>
        schema.OfRole(Role.Target)?.Name
        ?? CountNames
            .Concat(YesNoNames)
            .Concat(CostNames)
            .Select(name =>
                schema.Fields.FirstOrDefault(field => string.Equals(field.Name, name, StringComparison.OrdinalIgnoreCase))?.Name
            )
            .FirstOrDefault(name => name is not null);

    /// <summary>The split as a model file writes it.</summary>
    public string SplitYaml() =>
        Split is null
            ? "split: { test_share: 0.2, validation_share: 0.1 }\n"
            : $"split: {{ column: {Yaml.Quoted(Split.Name)}, learn: {Of(LearnNames)}, "
                + (Of(ValidationNames) is var validation && validation != "[]" ? $"validation: {validation}, " : "")
                + $"test: {Of(TestNames)}{(validation == "[]" ? ", validation_share: 0.1" : "")} }}\n";

    string Of(string[] names) => $"[{string.Join(", ", LevelsAmong(Split!, names).Select(Yaml.Quoted))}]";

    static bool IsSplit(Field field) => LevelsAmong(field, LearnNames).Any() && LevelsAmong(field, TestNames).Any();

    static IEnumerable<string> LevelsAmong(Field field, string[] names) =>
        field.Levels?.Levels.Where(level => names.Contains(level, StringComparer.OrdinalIgnoreCase)) ?? [];

    string? ReasonAgainst(Field field) =>
        ReasonOfRole(field)
        ?? (field.Kind == FieldKind.Text ? warned.GetValueOrDefault(field.Name) : null)
        ?? ReasonOfKind(field.Kind)
        ?? (Varies(table[field.Name]) ? null : "it has the same value in every row.")
        ?? warned.GetValueOrDefault(field.Name)
        ?? (
            OrderLeak is not null && FollowsRows(table[field.Name])
                ? "it follows the order of rows, which gives the target away."
                : null
        );

    string? ReasonOfRole(Field field) =>
        field.Role switch
        {
            Role.Id => warned.GetValueOrDefault(field.Name) ?? "it is an id: it names rows and tells nothing of others.",
            Role.Target => "it looks like an outcome, which is known only after the fact.",
            Role.Weight => "it looks like a weight: name it as the models' 'weight' if it is one.",
            Role.Offset => "it looks like an offset: name it as the models' 'offset' if it is one.",
            Role.Exposure => "it looks like years at risk, of which another column was taken.",
            Role.Split => "it looks like a split, but has no levels for learn and test.",
            _ when table[field.Name].MissingCount == table.RowCount => "no row has a value.",
            _ when IsOutcome(field.Name) => "it looks like an outcome, which is known only after the fact.",
            _ => null,
        };

    static string? ReasonOfKind(FieldKind kind) =>
        kind switch
        {
            FieldKind.Number or FieldKind.Category or FieldKind.Boolean => null,
            FieldKind.Date => "it is a date: derive a number from it under 'derive' to learn from it.",
            FieldKind.Text => "it is free text, which no learner takes.",
            _ => "its kind is no feature's.",
        };

    static bool Varies(Column column)
    {
        var first = column.RowCount == 0 ? null : column.TextAt(0);
        return Enumerable.Range(0, column.RowCount).Any(row => column.TextAt(row) != first);
    }

    /// <summary>Numbers that never fall, or never rise, from row to row.</summary>
    static bool FollowsRows(Column column)
    {
        if (column is not NumericColumn { Missing: null } numbers)
            return false;
        var values = numbers.Values;
        var (rises, falls) = (true, true);
        for (var row = 1; row < values.Length; row++)
            (rises, falls) = (rises && values[row] >= values[row - 1], falls && values[row] <= values[row - 1]);
        return rises || falls;
    }

    /// <summary>The table with a target of true and false as 1 and 0, which a profile can sum.</summary>
    static Table WithNumber(Table table, string target)
    {
        if (table[target] is not BooleanColumn flags)
            return table;
        var numbers = new double[table.RowCount];
        flags.CopySlots(0, numbers);
        return new(table.Columns.Select(column => column.Name == target ? (Column)new NumericColumn(target, numbers) : column));
    }

    /// <summary>What is known only after the event must not be learned from.</summary>
    static bool IsOutcome(string name) => CountNames.Concat(CostNames).Contains(name.ToLowerInvariant());
}
