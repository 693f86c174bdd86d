using System.Globalization;

namespace Halley.Optimization;

/// <summary>A shift-scheduling instance of the public benchmark, in its own layout.</summary>
static class NurseFile
{
    public static RosterProblem Read(string path)
    {
        var sections = Sections(path);
        var off = sections["SECTION_DAYS_OFF"].ToDictionary(row => row[0], row => row[1..].Select(Whole).ToHashSet());
        return new()
        {
            Days = Whole(sections["SECTION_HORIZON"][0][0]),
            Shifts = [.. sections["SECTION_SHIFTS"].Select(row => new ShiftKind(row[0], Whole(row[1]), Followers(row)))],
            People = [.. sections["SECTION_STAFF"].Select(row => Person(row, off))],
            Wishes =
            [
                .. Wishes(sections["SECTION_SHIFT_ON_REQUESTS"], isOn: true),
                .. Wishes(sections["SECTION_SHIFT_OFF_REQUESTS"], isOn: false),
            ],
            Cover =
            [
                .. sections["SECTION_COVER"]
                    .Select(row => new CoverNeed(Whole(row[0]), row[1], Whole(row[2]), Whole(row[3]), Whole(row[4]))),
            ],
        };
    }

    static IEnumerable<RosterWish> Wishes(List<string[]> rows, bool isOn) =>
        rows.Select(row => new RosterWish(row[0], Whole(row[1]), row[2], isOn, Whole(row[3])));

    static string[] Followers(string[] row) => row.Length > 2 ? row[2].Split('|', StringSplitOptions.RemoveEmptyEntries) : [];

    static RosterPerson Person(string[] row, Dictionary<string, HashSet<int>> off) =>
        new(
            row[0],
            new()
            {
                MaximumShifts = row[1].Split('|').Select(one => one.Split('=')).ToDictionary(one => one[0], one => Whole(one[1])),
                MaximumMinutes = Whole(row[2]),
                MinimumMinutes = Whole(row[3]),
                MaximumRun = Whole(row[4]),
                MinimumRun = Whole(row[5]),
                MinimumRest = Whole(row[6]),
                MaximumWeekends = Whole(row[7]),
            },
            off.TryGetValue(row[0], out var days) ? days : []
        );

    static Dictionary<string, List<string[]>> Sections(string path)
    {
        var (sections, rows) = (new Dictionary<string, List<string[]>>(), new List<string[]>());
        foreach (var line in File.ReadLines(path).Select(line => line.Trim()).Where(line => line != "" && line[0] != '#'))
        {
            if (line.StartsWith("SECTION_", StringComparison.Ordinal))
                sections[line] = rows = [];
            else
                rows.Add(line.Split(','));
        }
        return sections;
    }

    static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
