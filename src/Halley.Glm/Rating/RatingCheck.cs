using Halley.Data;

namespace Halley.Glm;

/// <summary>Whether a tariff knows every level of some rows: what it does not know has no price, and never a relativity of 1.</summary>
static class RatingCheck
{
    /// <exception cref="HalleyException">HLY2142: rows have levels that the table lacks; every column and its first such row is named.</exception>
    internal static void Run(RatingTable table, Table rows, IReadOnlyList<int>? sourceRows)
    {
        var problems = table
            .Factors.SelectMany(factor => factor.Axes.Select(axis => ProblemOf(factor.Name, axis, rows[axis.Column], sourceRows)))
            .OfType<string>()
            .ToList();
        if (problems.Count > 0)
            throw new HalleyException(
                "HLY2142",
                $"the rating table does not fit the data: {string.Join("; ", problems)}. Add the lines, or correct the rows."
            );
    }

    /// <summary>A level without regard to case and blanks.</summary>
    internal static string Folded(string level) =>
        string.Concat(level.Where(letter => !char.IsWhiteSpace(letter))).ToUpperInvariant();

    static string? ProblemOf(string factor, RatingAxis axis, Column column, IReadOnlyList<int>? sourceRows)
    {
        if (axis.Kind == RatingAxisKind.Band)
            return axis.MissingLevel is not null || column.MissingCount == 0 ? null : Missing(FirstRow(column.IsMissing));
        var (names, numbers) = (axis.Named.ToHashSet(StringComparer.Ordinal), axis.Numbers.ToHashSet());
        var folded = axis.Named.ToLookup(Folded, StringComparer.Ordinal);
        for (var row = 0; row < column.RowCount; row++)
        {
            if (column.IsMissing(row))
            {
                if (axis.MissingLevel is null)
                    return Missing(row);
                continue;
            }
            if (column is NumericColumn values)
            {
                if (axis.UnknownLevel is null && !numbers.Contains(values.Values[row]))
                    return NoLine(row, column.TextAt(row)!, null);
                continue;
            }
            var level = column.TextAt(row)!;
            if (names.Contains(level))
                continue;
            // A line for unknown levels is none for one that is only misspelt.
            var alike = folded[Folded(level)].FirstOrDefault();
            if (axis.UnknownLevel is null || alike is not null)
                return NoLine(row, level, alike);
        }
        return null;

        int FirstRow(Func<int, bool> holds) => Enumerable.Range(0, column.RowCount).First(holds);

        string Place(int row) =>
            string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"factor '{factor}', column '{axis.Column}', row {(sourceRows is null ? row : sourceRows[row]) + 1}"
            );

        string Missing(int row) => $"{Place(row)}: the value is missing, and there is no line '{LevelTerm.MissingLevel}'";

        string NoLine(int row, string level, string? alike) =>
            $"{Place(row)}: there is no line for '{level}'"
            + (alike is null ? "" : $", only for '{alike}', which differs by case or blanks");
    }
}
