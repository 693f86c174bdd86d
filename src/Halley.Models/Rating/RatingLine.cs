using Halley.Glm;

namespace Halley.Models;

/// <summary>One line of a rating table in the columns of a target engine.</summary>
sealed class RatingLine(
    Table lines,
    int row,
    IReadOnlyDictionary<string, RatingFactor> factors,
    ILookup<(string Factor, string Level), Relativity> known,
    RatingMap map,
    char mark
)
{
    readonly string factor = lines["factor"].TextAt(row)!;

    bool IsBase => factor == RatingTable.BaseFactor;

    public SheetCell Cell(string column) =>
        column switch
        {
            "factor" => new(IsBase ? map.Base : map.FactorName(factor)),
            "relativity" => RatingSheets.Checked(
                IsBase ? "the base value" : $"'{Own()}' of '{factor}'",
                lines.Numeric("relativity").Values[row],
                IsBase ? map.BaseDecimals ?? map.Decimals : map.Decimals,
                mark
            ),
            "coefficient" => RatingNumbers.Cell(lines.Numeric("coefficient").Values[row], null, mark),
            "lower" => Figure(line => line.Lower),
            "upper" => Figure(line => line.Upper),
            "exposure" => Figure(line => line.Exposure),
            _ => Text(column),
        };

    SheetCell Text(string column)
    {
        var (name, number) = char.IsAsciiDigit(column[^1]) ? (column[..^1], column[^1] - '0') : (column, 1);
        if (IsBase || number > factors[factor].Axes.Count)
            return new("");
        var axis = factors[factor].Axes[number - 1];
        var level = LevelAt(number) ?? "";
        return name switch
        {
            "column" => new(axis.Column),
            "level" => RatingSheets.Level(map.LevelName(level), axis),
            _ => End(axis, level, isFrom: name == "from"),
        };
    }

    /// <summary>Where a band starts (it holds that number) or ends (it does not); a number is both itself.</summary>
    SheetCell End(RatingAxis axis, string level, bool isFrom)
    {
        var code = axis.Levels.ToList().IndexOf(level);
        double? end = axis.Kind switch
        {
            RatingAxisKind.Band when isFrom => code > 0 && code <= axis.Numbers.Count ? axis.Numbers[code - 1] : null,
            RatingAxisKind.Band => code >= 0 && code < axis.Numbers.Count ? axis.Numbers[code] : null,
            RatingAxisKind.Value => code >= 0 && code < axis.Numbers.Count ? axis.Numbers[code] : null,
            _ => null,
        };
        return end is { } number ? RatingNumbers.Cell(number, null, mark) : new("");
    }

    SheetCell Figure(Func<Relativity, double?> of)
    {
        var line = IsBase ? null : known[(factor, Own())].FirstOrDefault();
        return line is not null && of(line) is { } value ? RatingNumbers.Cell(value, null, mark) : new("");
    }

    string Own() =>
        string.Join(':', Enumerable.Range(1, IsBase ? 0 : factors[factor].Axes.Count).Select(number => LevelAt(number)));

    string? LevelAt(int number) => lines[RatingSheets.Numbered("level", number)].TextAt(row);
}
