using System.Globalization;

namespace Halley.Data;

/// <summary>Columns that say nothing, say too much, or hide missing values behind a code.</summary>
static class ColumnChecks
{
    const double MostlyMissing = 0.5;
    const int FewestRows = 20;

    static readonly double[] MissingCodes = [0, -1, -9, -99, -999, -9999, 9, 99, 999, 9999, 99999, 999999];

    public static IEnumerable<DataWarning> Of(ProfiledTable table, IReadOnlyList<ColumnProfile> profiles)
    {
        if (table.RowCount < FewestRows)
            yield break;
        for (var i = 0; i < profiles.Count; i++)
        {
            var (column, profile) = (table.Table.Columns[i], profiles[i]);
            if (profile.Role is not Role.Feature)
                continue;
            var warnings = Emptiness(profile, table.RowCount).Concat(StrayLevels(column)).Concat(CodedMissing(column));
            foreach (var warning in warnings)
                yield return warning;
        }
    }

    static IEnumerable<DataWarning> Emptiness(ColumnProfile profile, int rows)
    {
        var present = rows - profile.Missing;
        if (profile.Distinct <= 1 && profile.Missing is 0 || present == 0)
            yield return new(
                "constant",
                profile.Name,
                $"'{profile.Name}' has the same value in every row: it can't help. Leave it out."
            );
        if (profile.Missing > MostlyMissing * rows && present > 0)
            yield return new(
                "mostly-missing",
                profile.Name,
                Invariant(
                    $"'{profile.Name}' is missing in {(double)profile.Missing / rows:P0} of rows. Find out why: that it is missing may itself tell something, even too much."
                )
            );
        // A measure may well differ in each row; a name or a whole number that does is an id.
        var isName = profile.Kind is FieldKind.Category or FieldKind.Text;
        if (isName && profile.Distinct > 0.9 * present && present > 0)
            yield return new(
                "value-per-row",
                profile.Name,
                Invariant(
                    $"'{profile.Name}' has {profile.Distinct:N0} different values in {present:N0} rows: it names rows and tells nothing of others. Make it an id."
                )
            );
        else if (profile.Kind == FieldKind.Text)
            yield return new(
                "text-feature",
                profile.Name,
                $"'{profile.Name}' is free text, which no learner takes. Make it a category, an id, or leave it out."
            );
    }

    /// <summary>A rare number among words, or the like: most likely a slip of the keyboard.</summary>
    static IEnumerable<DataWarning> StrayLevels(Column column)
    {
        if (column is not CategoricalColumn category)
            yield break;
        var rows = Grouping.Of(column, int.MaxValue)!.Rows();
        int[] numbers =
        [
            .. Enumerable.Range(0, category.Levels.Count).Where(code => rows[code] > 0 && IsNumber(category.Levels[code])),
        ];
        var words = Enumerable.Range(0, category.Levels.Count).Count(code => rows[code] > 0) - numbers.Length;
        if (words < 2 || numbers.Length is not 1 || rows[numbers[0]] > column.RowCount / 1000)
            yield break;
        yield return new(
            "stray-level",
            column.Name,
            Invariant(
                $"'{column.Name}' has the level '{category.Levels[numbers[0]]}' in {rows[numbers[0]]:N0} of {column.RowCount:N0} rows, where the other {words} levels are words. Correct it, or declare it missing."
            )
        );
    }

    /// <summary>A value such as 0 or 999 that stands alone, far from all others: most likely a code for "not known".</summary>
    static IEnumerable<DataWarning> CodedMissing(Column column)
    {
        if (column is not NumericColumn)
            yield break;
        var sorted = ColumnProfiler.Sorted(column);
        double[] values = [.. sorted.Distinct()];
        if (values.Length < 10)
            yield break;
        foreach (
            var (value, neighbour, others) in new[]
            {
                (values[0], values[1], values[1..]),
                (values[^1], values[^2], values[..^1]),
            }
        )
        {
            var gap = Math.Abs(value - neighbour);
            var steps = others.Zip(others.Skip(1), (low, high) => high - low).Order().ToArray();
            var rows = sorted.Count(other => other == value);
            if (
                !MissingCodes.Contains(value)
                || rows < 2
                || rows > sorted.Length / 2
                || gap < 5 * steps[(int)(0.9 * steps.Length)]
                || gap < 0.1 * (others[^1] - others[0])
            )
                continue;
            yield return new(
                "coded-missing",
                column.Name,
                Invariant(
                    $"'{column.Name}' is {value:R} in {rows:N0} rows and {neighbour:R} is the nearest other value: {value:R} seems to stand for \"not known\". Declare it missing."
                )
            );
        }
    }

    static bool IsNumber(string level) => double.TryParse(level, CultureInfo.InvariantCulture, out _);

    static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
