namespace Halley.Data;

/// <summary>Policy periods: adjoining covers made one, and covers cut at calendar dates into earned parts.</summary>
public static class CoverPeriods
{
    const int ProblemsShown = 20;

    /// <summary>Makes one cover of covers of a policy that adjoin and agree in every other column.</summary>
    /// <remarks>
    /// Covers adjoin where one begins on the day after the other's last. Exposure and earned amounts are added up. Rows come by
    /// their first cover, in the order given. A cover without days stays as it is.
    /// </remarks>
    /// <exception cref="HalleyException">HLY1310, HLY1311: dates; HLY1312: covers of one policy overlap. All at once.</exception>
    public static CoverParts Merge(Table covers, CoverColumns columns)
    {
        var reading = new CoverReading(covers, columns);
        var byPolicy = InOrder(reading);
        RefuseOverlaps(reading, columns, byPolicy);
        var same = SameOtherColumns(reading, columns);
        var parts = new List<CoverPart>();
        foreach (var row in byPolicy)
        {
            var part = new CoverPart(
                row,
                reading.Start[row],
                reading.End[row],
                reading.Years[row],
                Array.ConvertAll(reading.Earned, earned => earned[row])
            );
            if (parts.Count > 0 && Adjoins(reading, parts[^1], part) && same(parts[^1].Source, row))
                parts[^1] = Together(parts[^1], part);
            else
                parts.Add(part);
        }
        parts.Sort((a, b) => a.Source.CompareTo(b.Source));
        return reading.Build(parts);
    }

    /// <summary>Cuts covers at given dates, a part beginning on each; exposure and earned amounts are shared by days.</summary>
    /// <param name="cuts">In any order; a date outside a cover does not cut it. See <see cref="CalendarCuts"/>.</param>
    /// <remarks>The parts of a cover add up to it within rounding: the last takes what the others leave. Claims follow by
    /// <see cref="ClaimJoin"/>, which gives each to the part that holds its date.</remarks>
    /// <exception cref="HalleyException">HLY1310, HLY1311: dates, all at once.</exception>
    public static CoverParts Split(Table covers, CoverColumns columns, IEnumerable<DateOnly> cuts)
    {
        var reading = new CoverReading(covers, columns);
        int[] days = [.. cuts.Select(cut => cut.DayNumber).Distinct().Order()];
        var parts = new List<CoverPart>(covers.RowCount);
        for (var row = 0; row < covers.RowCount; row++)
            Cut(reading, row, days, parts);
        return reading.Build(parts);
    }

    static void Cut(CoverReading reading, int row, int[] days, List<CoverPart> parts)
    {
        var (start, end) = (reading.Start[row], reading.End[row]);
        var (length, yearsLeft) = (end - start, reading.Years[row]);
        var earnedLeft = Array.ConvertAll(reading.Earned, earned => earned[row]);
        var next = Array.BinarySearch(days, start + 1);
        if (next < 0)
            next = ~next;
        for (var from = start; ; next++)
        {
            if (next == days.Length || days[next] >= end)
            {
                parts.Add(new(row, from, end, Math.Max(0, yearsLeft), earnedLeft));
                return;
            }
            var share = (double)(days[next] - from) / length;
            var (years, earned) = (reading.Years[row] * share, new double[earnedLeft.Length]);
            yearsLeft -= years;
            for (var i = 0; i < earned.Length; i++)
            {
                earned[i] = reading.Earned[i][row] * share;
                earnedLeft[i] -= earned[i];
            }
            parts.Add(new(row, from, days[next], years, earned));
            from = days[next];
        }
    }

    /// <summary>Rows by policy, then start, then as given.</summary>
    static int[] InOrder(CoverReading reading) =>
        [
            .. Enumerable
                .Range(0, reading.Start.Length)
                .OrderBy(row => reading.Keys[row])
                .ThenBy(row => reading.Start[row])
                .ThenBy(row => reading.End[row]),
        ];

    static bool Adjoins(CoverReading reading, CoverPart before, CoverPart after) =>
        reading.Keys[before.Source] == reading.Keys[after.Source]
        && before.End == after.Start
        && before.Start < before.End
        && after.Start < after.End;

    static CoverPart Together(CoverPart before, CoverPart after) =>
        new(
            Math.Min(before.Source, after.Source),
            before.Start,
            after.End,
            before.Years + after.Years,
            [.. before.Earned.Zip(after.Earned, (left, right) => left + right)]
        );

    static void RefuseOverlaps(CoverReading reading, CoverColumns columns, int[] byPolicy)
    {
        var problems = new ProblemList("the table of covers", ProblemsShown);
        var latest = 0;
        for (var i = 1; i < byPolicy.Length; i++)
        {
            var (before, after) = (byPolicy[latest], byPolicy[i]);
            var isOther = reading.Keys[before] != reading.Keys[after];
            // The cover that ends last is the one that a later start can fall into.
            if (isOther || reading.End[after] >= reading.End[before])
                latest = i;
            if (isOther || reading.Start[after] >= reading.End[before])
                continue;
            problems.Add(
                "HLY1312",
                "",
                after,
                () =>
                    $"rows {before + 1} and {after + 1}: covers of policy {RowKeys.Shown(reading.Table, columns.Policy, after)} overlap from "
                    + $"{reading.Table[columns.Start].TextAt(after)}. End the first one there, or add a column that tells them apart."
            );
        }
        problems.ThrowIfAny();
    }

    /// <summary>Whether two rows agree in all columns but dates, exposure and earned amounts.</summary>
    static Func<int, int, bool> SameOtherColumns(CoverReading reading, CoverColumns columns)
    {
        string[] own = [columns.Start, columns.End, reading.ExposureName, .. columns.Earned];
        var others = reading.Table.Columns.Where(column => !own.Contains(column.Name)).Select(column => column.Name).ToList();
        var keys = RowKeys.Of(reading.Table, others);
        return (left, right) => keys[left] == keys[right];
    }
}
