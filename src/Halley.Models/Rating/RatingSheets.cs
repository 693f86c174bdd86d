using System.Globalization;
using Halley.Glm;

namespace Halley.Models;

/// <summary>A rating table as the sheets of a file: one long one, or one for each factor.</summary>
public static class RatingSheets
{
    /// <summary>Between the columns in the corner of a two-way sheet.</summary>
    internal const string Corner = " \\ ";

    /// <summary>One sheet with a line for the base value and for each level or cell.</summary>
    /// <param name="figures">Lower, upper and exposure of levels, where the map asks for them.</param>
    /// <param name="forCsv">Whether numbers take the map's decimal mark; a spreadsheet has its own.</param>
    /// <exception cref="HalleyException">HLY3472: the map leaves out what the table needs, or a relativity would be written as 0.</exception>
    public static Sheet Long(RatingTable table, RatingMap map, IReadOnlyList<Relativity> figures, bool forCsv)
    {
        var lines = table.ToLines();
        var axes = table.Factors.Select(factor => factor.Axes.Count).Append(1).Max();
        var columns = ColumnsOf(map, axes);
        var known = figures.ToLookup(line => (line.Factor, line.Level));
        var factors = table.Factors.ToDictionary(factor => factor.Name, StringComparer.Ordinal);
        var rows = new List<IReadOnlyList<SheetCell>> { columns.ConvertAll(column => new SheetCell(map.NameOf(column))) };
        for (var row = 0; row < lines.RowCount; row++)
        {
            var line = new RatingLine(lines, row, factors, known, map, forCsv ? map.DecimalMark : '.');
            rows.Add(columns.ConvertAll(line.Cell));
        }
        return new("rating", rows);
    }

    /// <summary>A sheet for the base value and one for each factor: a list of levels, a grid of two axes, or lines of three and more.</summary>
    /// <inheritdoc cref="Long"/>
    public static IReadOnlyList<Sheet> ByFactor(RatingTable table, RatingMap map, bool forCsv)
    {
        var mark = forCsv ? map.DecimalMark : '.';
        var relativity = new SheetCell(map.NameOf("relativity"));
        var sheets = new List<Sheet>
        {
            new(
                map.Base,
                [
                    [relativity],
                    [Checked("the base value", table.Base, map.BaseDecimals ?? map.Decimals, mark)],
                ]
            ),
        };
        foreach (var factor in table.Factors)
            sheets.Add(
                new(map.FactorName(factor.Name), factor.Axes.Count == 2 ? Grid(factor, map, mark) : List(factor, map, mark))
            );
        return sheets;
    }

    static List<IReadOnlyList<SheetCell>> List(RatingFactor factor, RatingMap map, char mark)
    {
        var rows = new List<IReadOnlyList<SheetCell>>
        {
            factor.Axes.Select(axis => new SheetCell(axis.Column)).Append(new(map.NameOf("relativity"))).ToList(),
        };
        foreach (var line in factor.Lines())
        {
            var levels = line.Levels.Select((level, axis) => Level(map.LevelName(level), factor.Axes[axis]));
            rows.Add([
                .. levels,
                Checked($"'{string.Join(':', line.Levels)}' of '{factor.Name}'", line.Relativity, map.Decimals, mark),
            ]);
        }
        return rows;
    }

    static List<IReadOnlyList<SheetCell>> Grid(RatingFactor factor, RatingMap map, char mark)
    {
        var lines = factor.Lines().ToList();
        var across = lines.Select(line => line.Levels[1]).Distinct().ToList();
        var corner = new SheetCell(factor.Axes[0].Column + Corner + factor.Axes[1].Column);
        var rows = new List<IReadOnlyList<SheetCell>>
        {
            across.Select(level => Level(map.LevelName(level), factor.Axes[1])).Prepend(corner).ToList(),
        };
        foreach (var down in lines.Chunk(across.Count))
        {
            var cells = down.Select(line =>
                Checked($"'{string.Join(':', line.Levels)}' of '{factor.Name}'", line.Relativity, map.Decimals, mark)
            );
            rows.Add([Level(map.LevelName(down[0].Levels[0]), factor.Axes[0]), .. cells]);
        }
        return rows;
    }

    internal static SheetCell Level(string level, RatingAxis axis) =>
        new(level, axis.Kind == RatingAxisKind.Value && double.TryParse(level, CultureInfo.InvariantCulture, out _));

    internal static SheetCell Checked(string what, double relativity, int? decimals, char mark)
    {
        var cell = RatingNumbers.Cell(relativity, decimals, mark);
        if (relativity > 0 && decimals is not null && !cell.Text.Any(digit => digit is >= '1' and <= '9'))
            throw new HalleyException(
                "HLY3472",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{what} is {relativity:R}, which {decimals} decimals write as 0. Write more decimals."
                )
            );
        return cell;
    }

    static List<string> ColumnsOf(RatingMap map, int axes)
    {
        var needed = new List<string> { "factor" };
        for (var axis = 1; axis <= axes; axis++)
            needed.AddRange([Numbered("column", axis), Numbered("level", axis)]);
        needed.Add("relativity");
        if (map.Columns.Count == 0)
            return map.Decimals is null ? [.. needed, "coefficient"] : needed;
        // Columns may be left out: the engine knows its fields by the factor's name.
        var lacking = needed
            .Where(column => !column.StartsWith("column", StringComparison.Ordinal))
            .Except(map.Columns.Select(pair => pair.Key))
            .ToList();
        if (lacking.Count > 0)
            throw new HalleyException(
                "HLY3472",
                $"the map has no column for {string.Join(", ", lacking.Select(name => $"'{name}'"))}, which this table needs. Add it under 'columns'."
            );
        return [.. map.Columns.Select(pair => pair.Key)];
    }

    internal static string Numbered(string name, int axis) =>
        axis == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}{axis}");
}
