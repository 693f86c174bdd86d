namespace Halley.Optimization;

/// <summary>Reads people, leave, wishes, cover and pins from the sheets of a book, or from CSV files of these names.</summary>
/// <remarks>
/// <code>
/// people: person, contract, and a column by shift with the most of that kind (empty: any number, 0: can't)
/// leave:  person, from, to          cover: date, shift, people, under, over
/// wishes: person, date, shift, wanted (yes or no), weight          pins: person, date, shift (empty: day off)
/// </code>
/// </remarks>
public static class RosterBook
{
    /// <summary>The problem that a spec and a book make; every bad cell is told with its sheet and row.</summary>
    /// <exception cref="HalleyException">HLY2341: cells, names or contracts.</exception>
    public static RosterProblem Read(RosterSpec spec, IReadOnlyList<Sheet> sheets)
    {
        var problems = new List<string>();
        var (people, leave, wishes, cover, pins) = (
            Page("people", isNeeded: true),
            Page("leave", isNeeded: false),
            Page("wishes", isNeeded: false),
            Page("cover", isNeeded: true),
            Page("pins", isNeeded: false)
        );
        var off = leave
            .SelectMany(row =>
            {
                var (from, to) = (row.Day("from"), row.Day("to"));
                return Enumerable.Range(from, Math.Max(0, to - from + 1)).Select(day => (Person: row.Text("person"), day));
            })
            .ToLookup(one => one.Person, one => one.day);
        var problem = new RosterProblem
        {
            Days = spec.Days,
            FirstDay = spec.FirstDay.DayOfWeek,
            Shifts = spec.Shifts,
            People = [.. people.Select(row => PersonOf(spec, row, off))],
            Wishes =
            [
                .. wishes.Select(row => new RosterWish(
                    row.Text("person"),
                    row.Day("date"),
                    row.Text("shift"),
                    row.Choice("wanted", "yes", "no"),
                    row.Number("weight")
                )),
            ],
            Cover =
            [
                .. cover.Select(row => new CoverNeed(
                    row.Day("date"),
                    row.Text("shift"),
                    row.Whole("people"),
                    row.Number("under"),
                    row.Number("over")
                )),
            ],
            Pins = [.. pins.Select(row => new RosterPin(row.Text("person"), row.Day("date"), row.TextOrNull("shift")))],
        };
        if (problems.Count == 0)
            problems.AddRange(problem.Validate());
        if (problems.Count > 0)
            OptimizationErrors.ThrowBadRows("roster book", problems);
        return problem;

        RosterRow[] Page(string name, bool isNeeded)
        {
            var sheet = sheets.FirstOrDefault(one => one.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (sheet is null || sheet.Rows.Count == 0)
            {
                if (isNeeded)
                    problems.Add($"there is no sheet '{name}'. Sheets: {string.Join(", ", sheets.Select(one => one.Name))}.");
                return [];
            }
            return
            [
                .. Enumerable
                    .Range(1, sheet.Rows.Count - 1)
                    .Where(row => sheet.Rows[row].Any(cell => cell.Text != ""))
                    .Select(row => new RosterRow(sheet, row, spec, problems)),
            ];
        }
    }

    static RosterPerson PersonOf(RosterSpec spec, RosterRow row, ILookup<string, int> off)
    {
        var (name, contract) = (row.Text("person"), row.Text("contract"));
        var found = spec.Contracts.FirstOrDefault(one => one.Key == contract).Value;
        if (found is null)
            row.Refuse(
                "contract",
                $"there is no contract '{contract}'. Contracts: {string.Join(", ", spec.Contracts.Select(one => one.Key))}."
            );
        var most = new Dictionary<string, int>(found?.MaximumShifts ?? new Dictionary<string, int>(), StringComparer.Ordinal);
        foreach (var shift in spec.Shifts.Where(shift => row.TextOrNull(shift.Name) is not null))
            most[shift.Name] = row.Whole(shift.Name);
        return new(
            name,
            (found ?? Nothing) with
            {
                MaximumShifts = most,
            },
            off[name].Where(day => day >= 0 && day < spec.Days).ToHashSet()
        );
    }

    // Stands in for a contract that is refused, so that all problems are told at once.
    static RosterContract Nothing { get; } =
        new()
        {
            MaximumShifts = new Dictionary<string, int>(),
            MaximumMinutes = 0,
            MinimumMinutes = 0,
            MaximumRun = 1,
            MinimumRun = 1,
            MinimumRest = 1,
            MaximumWeekends = 0,
        };
}
