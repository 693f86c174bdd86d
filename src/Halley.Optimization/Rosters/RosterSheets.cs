using System.Globalization;

namespace Halley.Optimization;

/// <summary>A plan as sheets for people: a sheet a week, a row a person, a column a day; and back, after edits by hand.</summary>
public static class RosterSheets
{
    const int Week = 7;
    const string DayOff = "";

    /// <summary>The plan's sheets.</summary>
    /// <param name="roster">Shape (people, days), shift or −1.</param>
    public static IReadOnlyList<Sheet> Of(RosterProblem problem, DateOnly firstDay, int[,] roster)
    {
        var sheets = new List<Sheet>();
        for (var start = 0; start < problem.Days; start += Week)
        {
            int[] days = [.. Enumerable.Range(start, Math.Min(Week, problem.Days - start))];
            var rows = new List<IReadOnlyList<SheetCell>>
            {
                new[] { new SheetCell("person") }.Concat(days.Select(day => new SheetCell(Date(firstDay, day)))).ToArray(),
            };
            for (var person = 0; person < problem.People.Count; person++)
            {
                var one = person;
                rows.Add([
                    new(problem.People[person].Name),
                    .. days.Select(day => new SheetCell(roster[one, day] < 0 ? DayOff : problem.Shifts[roster[one, day]].Name)),
                ]);
            }
            sheets.Add(new(FormattableString.Invariant($"week {start / Week + 1}"), rows));
        }
        return sheets;
    }

    /// <summary>Reads a plan back; every cell that names no shift is told with its sheet and place.</summary>
    /// <exception cref="HalleyException">HLY2341: cells, people or dates.</exception>
    public static int[,] Read(RosterProblem problem, DateOnly firstDay, IReadOnlyList<Sheet> sheets)
    {
        var (roster, seen, problems) = (
            new int[problem.People.Count, problem.Days],
            new HashSet<(int, int)>(),
            new List<string>()
        );
        var people = problem.People.Select((person, p) => (person.Name, p)).ToDictionary(one => one.Name, one => one.p);
        foreach (var sheet in sheets.Where(sheet => sheet.Rows.Count > 0))
        {
            for (var row = 1; row < sheet.Rows.Count; row++)
            {
                if (sheet.At(row, 0).Trim() is not { Length: > 0 } name)
                    continue;
                if (!people.TryGetValue(name, out var person))
                {
                    problems.Add($"sheet '{sheet.Name}', row {row + 1}: there is no person '{name}'.");
                    continue;
                }
                for (var column = 1; column < sheet.Rows[0].Count; column++)
                    ReadCell(sheet, row, column, person);
            }
        }
        for (var person = 0; person < problem.People.Count; person++)
        {
            for (var day = 0; day < problem.Days && problems.Count == 0; day++)
            {
                if (!seen.Contains((person, day)))
                    problems.Add(
                        $"'{problem.People[person].Name}' has no cell for {Date(firstDay, day)}: add the row and the date."
                    );
            }
        }
        if (problems.Count > 0)
            OptimizationErrors.ThrowBadRows("plan", problems);
        return roster;

        void ReadCell(Sheet sheet, int row, int column, int person)
        {
            var head = sheet.At(0, column).Trim();
            if (
                !DateOnly.TryParseExact(head, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
                || date.DayNumber - firstDay.DayNumber is var day && (day < 0 || day >= problem.Days)
            )
            {
                problems.Add($"sheet '{sheet.Name}', column {column + 1}: '{head}' is not a date of the horizon.");
                return;
            }
            var text = sheet.At(row, column).Trim();
            var shift = text == DayOff ? -1 : problem.ShiftIndex(text);
            if (text != DayOff && shift < 0)
                problems.Add(
                    $"sheet '{sheet.Name}', {problem.People[person].Name} on {head}: there is no shift '{text}'. Shifts: {string.Join(", ", problem.Shifts.Select(one => one.Name))}, or empty for a day off."
                );
            day = date.DayNumber - firstDay.DayNumber;
            (roster[person, day], _) = (shift, seen.Add((person, day)));
        }
    }

    internal static string Date(DateOnly firstDay, int day) =>
        firstDay.AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
