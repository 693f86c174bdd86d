using Halley.Data;

namespace Halley.Glm;

/// <summary>Whether a tariff knows every level of some rows: what it does not know has no price, and never a relativity of 1.</summary>
static class RatingCheck
{
    /// <exception cref="HalleyException">HLY2142: rows have levels that the table lacks; every column and its first such row is named.</exception>
    internal static void Run(RatingTable table, Table rows)
    {
        var problems = table
            .Factors.SelectMany(factor => factor.Axes.Select(axis => ProblemOf(factor.Name, axis, rows[axis.Column])))
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

    static string? ProblemOf(string factor, RatingAxis axis, Column column)
    {
        var (names, numbers) = (axis.Named.ToHashSet(), axis.Numbers.ToHashSet());
        for (var row = 0; row < column.RowCount; row++)
        {
            if (column.IsMissing(row) ? axis.MissingLevel is not null : Knows(column, row))
                continue;
            if (column.IsMissing(row))
                return $"factor '{factor}', column '{axis.Column}', row {row + 1}: the value is missing, and there is no line '{LevelTerm.MissingLevel}'";
            var level = column.TextAt(row)!;
            var alike = axis.Named.FirstOrDefault(known => Folded(known) == Folded(level));
            return $"factor '{factor}', column '{axis.Column}', row {row + 1}: there is no line for '{level}'"
                + (alike is null ? "" : $", only for '{alike}', which differs by case or blanks");
        }
        return null;

        bool Knows(Column own, int row) =>
            axis.Kind == RatingAxisKind.Band
            || axis.UnknownLevel is not null
            || (own is NumericColumn values ? numbers.Contains(values.Values[row]) : names.Contains(own.TextAt(row)!));
    }
}
