using System.Globalization;
using Halley.Glm;

namespace Halley.Models;

/// <summary>Reads the sheets of a tariff, ours or another program's, into the lines of a rating table.</summary>
public sealed class RatingSheetReader
{
    static readonly string[] LevelColumns = ["level", "from", "to"];

    readonly RatingMap map;
    readonly char mark;
    readonly List<string> problems = [];
    readonly List<(
        string Factor,
        string[] Columns,
        string[] Levels,
        double Relativity,
        double Coefficient,
        string Place
    )> lines = [];

    RatingSheetReader(RatingMap map, char mark) => (this.map, this.mark) = (map, mark);

    /// <summary>The lines, for <see cref="RatingTable.FromLines"/>, and what to call each.</summary>
    /// <param name="baseValue">Base value where the file has none; null where it must have one.</param>
    /// <param name="isCsv">Whether numbers have the map's decimal mark.</param>
    /// <exception cref="HalleyException">HLY3473: what is wrong with which cells.</exception>
    /// <remarks>
    /// A sheet with a column of factors is read line by line; where a line names no level, <c>from</c> and <c>to</c> make the band. Otherwise each sheet is a factor of its own: a corner <c>a \ b</c> makes it a
    /// grid, else the columns before that of the relativity are the axes.
    /// </remarks>
    public static (Table Lines, Func<int, string> PlaceOf) Read(
        IReadOnlyList<Sheet> sheets,
        RatingMap map,
        bool isCsv,
        double? baseValue = null
    )
    {
        var reader = new RatingSheetReader(map, isCsv ? map.DecimalMark : '.');
        foreach (var sheet in sheets.Where(sheet => !map.Ignored.Contains(sheet.Name)))
            reader.Read(sheet, sheets.Count);
        if (reader.problems.Count > 0)
            throw new HalleyException(
                "HLY3473",
                $"the file is no rating table: {string.Join("; ", reader.problems.Take(20))}{(reader.problems.Count > 20 ? "; …" : "")}. Correct it and read it again."
            );
        if (baseValue is { } given && reader.lines.All(line => line.Factor != RatingTable.BaseFactor))
            reader.lines.Add((RatingTable.BaseFactor, [], [], given, double.NaN, "the base value given"));
        return (reader.ToTable(), row => reader.lines[row].Place);
    }

    void Read(Sheet sheet, int count)
    {
        if (sheet.Rows.Count == 0)
        {
            problems.Add($"'{sheet.Name}' is empty");
            return;
        }
        if (Find(sheet, "factor") >= 0)
            ReadLong(sheet);
        else if (map.OwnFactor(sheet.Name) == RatingTable.BaseFactor)
            ReadBase(sheet);
        else if (sheet.At(0, 0).Contains(RatingSheets.Corner.Trim(), StringComparison.Ordinal))
            ReadGrid(sheet);
        else if (Find(sheet, "relativity") is > 0 and var relativity)
            ReadList(sheet, relativity);
        else
            problems.Add(
                $"{Place(sheet, 0)}: there is no column '{map.NameOf("relativity")}'{(count == 1 ? $" beside one of factors ('{map.NameOf("factor")}') or of levels" : " after those of levels")}"
            );
    }

    void ReadLong(Sheet sheet)
    {
        var (factor, relativity, coefficient) = (Find(sheet, "factor"), Find(sheet, "relativity"), Find(sheet, "coefficient"));
        var axes = Enumerable
            .Range(1, 9)
            .TakeWhile(axis => LevelColumns.Any(name => Find(sheet, RatingSheets.Numbered(name, axis)) >= 0))
            .ToList();
        if (axes.Count == 0 || relativity < 0)
        {
            problems.Add($"{Place(sheet, 0)}: there is no column '{map.NameOf(relativity < 0 ? "relativity" : "level")}'");
            return;
        }
        for (var row = 1; row < sheet.Rows.Count; row++)
        {
            if (IsEmpty(sheet, row))
                continue;
            var own = map.OwnFactor(sheet.At(row, factor));
            var levels = own == RatingTable.BaseFactor ? [] : axes.ConvertAll(axis => LevelAt(sheet, row, axis));
            var used = levels.FindLastIndex(level => level.Length > 0) + 1;
            if (own.Length == 0)
                problems.Add($"{Place(sheet, row)}: there is no factor");
            if (own.Length > 0 && own != RatingTable.BaseFactor && used == 0)
                problems.Add($"{Place(sheet, row)}: factor '{own}' has no level");
            Add(
                own,
                [.. axes.Take(used).Select(axis => ColumnAt(sheet, row, axis) ?? (axis == 1 ? own : ""))],
                [.. levels.Take(used)],
                sheet,
                row,
                relativity,
                coefficient < 0 ? double.NaN : NumberOr(sheet.At(row, coefficient))
            );
        }
    }

    string? ColumnAt(Sheet sheet, int row, int axis) =>
        sheet.At(row, Find(sheet, RatingSheets.Numbered("column", axis))) is { Length: > 0 } named ? named : null;

    /// <summary>The level as it is named, else the band from one number up to below another, else the number that both are.</summary>
    string LevelAt(Sheet sheet, int row, int axis)
    {
        if (sheet.At(row, Find(sheet, RatingSheets.Numbered("level", axis))) is { Length: > 0 } named)
            return named;
        var (from, to) = (EndAt("from"), EndAt("to"));
        return (from, to) switch
        {
            (null, null) => "",
            (null, _) => $"<{to}",
            (_, null) => $">={from}",
            _ => from == to ? from : $"[{from},{to})",
        };

        string? EndAt(string name)
        {
            var text = sheet.At(row, Find(sheet, RatingSheets.Numbered(name, axis)));
            if (text.Length == 0)
                return null;
            if (RatingNumbers.TryRead(text, mark, out var number))
                return number.ToString("R", CultureInfo.InvariantCulture);
            problems.Add($"{Place(sheet, row)}: '{text}' under '{map.NameOf(name)}' is not a number");
            return text;
        }
    }

    void ReadBase(Sheet sheet)
    {
        var at = Math.Max(Find(sheet, "relativity"), 0);
        if (sheet.Rows.Count < 2)
            problems.Add($"{Place(sheet, 0)}: the base value is missing");
        else
            Add(RatingTable.BaseFactor, [], [], sheet, 1, at);
    }

    void ReadList(Sheet sheet, int relativity)
    {
        string[] columns = [.. Enumerable.Range(0, relativity).Select(at => sheet.At(0, at))];
        for (var row = 1; row < sheet.Rows.Count; row++)
        {
            if (!IsEmpty(sheet, row))
                Add(
                    map.OwnFactor(sheet.Name),
                    columns,
                    [.. columns.Select((_, at) => sheet.At(row, at))],
                    sheet,
                    row,
                    relativity
                );
        }
    }

    void ReadGrid(Sheet sheet)
    {
        var columns = sheet.At(0, 0).Split(RatingSheets.Corner.Trim(), 2).Select(name => name.Trim()).ToArray();
        for (var row = 1; row < sheet.Rows.Count; row++)
        {
            for (var at = 1; at < sheet.Rows[0].Count && !IsEmpty(sheet, row); at++)
                Add(map.OwnFactor(sheet.Name), columns, [sheet.At(row, 0), sheet.At(0, at)], sheet, row, at);
        }
    }

    void Add(string factor, string[] columns, string[] levels, Sheet sheet, int row, int at, double coefficient = double.NaN)
    {
        var place = Place(sheet, row);
        if (!RatingNumbers.TryRead(sheet.At(row, at), mark, out var relativity))
            problems.Add($"{place}: relativity '{sheet.At(row, at)}' is not a number");
        lines.Add((factor, columns, [.. levels.Select(map.OwnLevel)], relativity, coefficient, place));
    }

    Table ToTable()
    {
        var axes = lines.Select(line => line.Levels.Length).Append(1).Max();
        var columns = new List<Column> { new TextColumn("factor", [.. lines.Select(line => line.Factor)]) };
        for (var axis = 0; axis < axes; axis++)
        {
            var own = axis;
            columns.Add(
                new TextColumn(
                    RatingSheets.Numbered("column", axis + 1),
                    [
                        .. lines.Select(line =>
                            own < line.Columns.Length && line.Columns[own].Length > 0 ? line.Columns[own] : null
                        ),
                    ]
                )
            );
            columns.Add(
                new TextColumn(
                    RatingSheets.Numbered("level", axis + 1),
                    [.. lines.Select(line => own < line.Levels.Length ? line.Levels[own] : null)]
                )
            );
        }
        columns.Add(new NumericColumn("relativity", [.. lines.Select(line => line.Relativity)]));
        columns.Add(new NumericColumn("coefficient", [.. lines.Select(line => line.Coefficient)]));
        return new(columns);
    }

    double NumberOr(string text) => RatingNumbers.TryRead(text, mark, out var value) ? value : double.NaN;

    /// <summary>Place of a column by its name in the map; of our own names, case does not matter.</summary>
    int Find(Sheet sheet, string column)
    {
        var name = map.NameOf(column);
        var header = sheet.Rows[0].Select(cell => cell.Text.Trim()).ToList();
        var exact = header.IndexOf(name);
        return exact >= 0 ? exact : header.FindIndex(text => string.Equals(text, name, StringComparison.OrdinalIgnoreCase));
    }

    static bool IsEmpty(Sheet sheet, int row) => sheet.Rows[row].All(cell => string.IsNullOrWhiteSpace(cell.Text));

    static string Place(Sheet sheet, int row) => string.Create(CultureInfo.InvariantCulture, $"'{sheet.Name}', row {row + 1}");
}
