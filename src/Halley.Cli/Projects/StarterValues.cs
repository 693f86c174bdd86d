using System.Globalization;
using Halley.Data;

namespace Halley.Cli;

/// <summary>What a starter project writes of one column's values: usual value, cuts, range, rules.</summary>
sealed class StarterValues(Field field, Column column)
{
    /// <summary>Fewer missing values than this may all fall outside the learn rows, which then learn nothing of them.</summary>
    const int FewMissing = 20;

    /// <summary>Words that a rule takes for an action.</summary>
    static readonly string[] RuleWords = ["reject", "missing"];

    static readonly double[] CutShares = [0.2, 0.4, 0.6, 0.8];

    /// <summary>The commonest level, or the middle value of a number, as YAML.</summary>
    public string Usual =>
        column switch
        {
            NumericColumn => Text(Middle(Sorted())),
            CategoricalColumn category => Yaml.Quoted(CommonestLevel(category)),
            _ => CommonestText(),
        };

    /// <summary>The rules of the feature in a GLM, such as <c>unseen: "18 to 20"</c>; null where it needs none.</summary>
    /// <remarks>
    /// Levels that stand in few rows may be missing among the learn rows; so may the missing values themselves. A number without bands has
    /// no coefficient for missing values at all.
    /// </remarks>
    public string? GlmRules()
    {
        var isPlainNumber = column is NumericColumn && Cuts().Count == 0;
        var replaces = column.MissingCount > 0 && (isPlainNumber || column.MissingCount < FewMissing);
        string?[] rules = [Unseen, replaces ? $"missing: {Usual}" : null];
        return rules.Any(rule => rule is not null) ? string.Join(", ", rules.OfType<string>()) : null;
    }

    /// <summary>The field as a decision's input.</summary>
    public string Input()
    {
        string?[] parts =
        [
            $"kind: {field.Kind.ToString().ToLowerInvariant()}",
            field.Levels is null ? null : $"levels: [{string.Join(", ", field.Levels.Levels.Select(Yaml.Quoted))}]",
            field.Minimum is { } low ? $"minimum: {Text(Outward(low, Math.Floor))}" : null,
            field.Maximum is { } high ? $"maximum: {Text(Outward(high, Math.Ceiling))}" : null,
            column.MissingCount > 0 ? "missing: missing" : null,
        ];
        return $"{{ {string.Join(", ", parts.OfType<string>())} }}";
    }

    /// <summary>How the input would take levels that it does not list, as a comment; empty where it has no levels.</summary>
    public string InputRemark() => Unseen is null ? "" : $" # to take any other level as a listed one, add {Unseen}";

    /// <summary>Cuts at fifths of the rows, where the values are many enough; none for a number of few values.</summary>
    public IReadOnlyList<double> Cuts()
    {
        var sorted = Sorted();
        if (sorted.Length == 0 || sorted.Distinct().Take(6).Count() < 6)
            return [];
        var cuts = CutShares.Select(share => sorted[(int)(share * (sorted.Length - 1))]);
        return [.. cuts.Distinct().Where(cut => cut > sorted[0])];
    }

    public static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    string? Unseen =>
        column is CategoricalColumn category && CommonestLevel(category) is var level && !RuleWords.Contains(level)
            ? $"unseen: {Yaml.Quoted(level)}"
            : null;

    double[] Sorted() => column is NumericColumn numbers ? [.. numbers.Values.ToArray().Where(double.IsFinite).Order()] : [];

    static double Middle(double[] sorted) => sorted[sorted.Length / 2];

    static string CommonestLevel(CategoricalColumn category)
    {
        var rows = new int[category.Levels.Count];
        foreach (var code in category.Codes)
        {
            if (code >= 0)
                rows[code]++;
        }
        return Enumerable
            .Range(0, rows.Length)
            .Where(code => !RuleWords.Contains(category.Levels[code]))
            .OrderByDescending(code => rows[code])
            .Select(code => category.Levels[code])
            .FirstOrDefault(category.Levels[0]);
    }

    string CommonestText() =>
        Enumerable
            .Range(0, column.RowCount)
            .Select(column.TextAt)
            .OfType<string>()
            .GroupBy(text => text)
            .MaxBy(group => group.Count())!
            .Key;

    /// <summary>Two significant digits, away from the data.</summary>
    static double Outward(double value, Func<double, double> round)
    {
        if (value == 0)
            return 0;
        var scale = Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(value))) - 1);
        // Through twelve digits, so that 0.7 is not written as 0.7000000000000001.
        return double.Parse(
            (round(value / scale) * scale).ToString("G12", CultureInfo.InvariantCulture),
            CultureInfo.InvariantCulture
        );
    }
}
