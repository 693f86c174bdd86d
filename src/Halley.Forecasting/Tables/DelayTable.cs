using System.Globalization;
using Halley.Data;

namespace Halley.Forecasting;

/// <summary>Adds up a table whose rows are parted by delay of report, and puts what is still to be reported into the exposure.</summary>
public static class DelayTable
{
    /// <summary>Name of the exposure that <see cref="AddUp"/> adds.</summary>
    public const string ReportedExposure = "reported_exposure";

    /// <summary>A row for each series and time, and the layout that reads it.</summary>
    /// <param name="delay">Column of the steps from event to report, 0 and up; missing in rows that only tell of the future.</param>
    /// <exception cref="HalleyException">HLY2313 to HLY2317: as reading long form; HLY2320: a delay is none.</exception>
    public static (Table Table, SeriesLayout Layout) AddUp(Table table, SeriesLayout layout, string delay)
    {
        var (problems, groups) = (new SeriesProblems(), Groups(table, layout));
        var times = StepTimes.Of(table, layout.Time, problems);
        var delays = table.Numeric(delay);
        for (var row = 0; row < table.RowCount; row++)
        {
            if (!delays.IsMissing(row) && !(delays.Values[row] >= 0 && delays.Values[row] == Math.Floor(delays.Values[row])))
                problems.Add(
                    "HLY2320",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"column '{delay}', row {row + 1}: {delays.Values[row]} is no number of steps from event to report. Write 0, 1, 2, …"
                    )
                );
        }
        problems.Throw();
        var length = times.Times is null ? null : layout.Frequency ?? Find(groups, times);
        var (values, exposure) = (table.Numeric(layout.Value).Values.ToArray(), Exposure(table, layout));
        var (kept, sums, adjusted) = (new List<int>(), new List<double>(), new List<double>());
        foreach (var rows in groups)
        {
            // 1. Rows of one time together, times in order; what was reported of each by delay.
            var steps = rows.GroupBy(row => times.Numbers[row])
                .OrderBy(step => step.Key)
                .Select(step => step.ToArray())
                .ToArray();
            var last = Array.FindLastIndex(steps, step => step.Any(row => !double.IsNaN(values[row])));
            var calendar = length is { } one ? new StepCalendar(times.Times![steps[0][0]], one.Unit, one.Count) : null;
            var places = steps.Select(step => Place(step[0], steps[0][0], times, calendar)).ToArray();
            var known = last < 0 ? 0 : places[last] + 1;
            var reported = new double[known][];
            Array.Fill(reported, []);
            for (var i = 0; i <= last; i++)
                reported[places[i]] = ByDelay(steps[i], values, delays.Values);
            // 2. The shares by age, as part of the exposure.
            var shares = ReportedShares.Of(reported);
            for (var i = 0; i < steps.Length; i++)
            {
                kept.Add(steps[i][0]);
                sums.Add(i > last ? double.NaN : reported[places[i]].Sum());
                var share = i > last ? 1 : shares[known - 1 - places[i]];
                adjusted.Add(exposure[steps[i][0]] * share);
            }
        }
        var added = table
            .Take([.. kept])
            .With(new NumericColumn(layout.Value, [.. sums]))
            .With(new NumericColumn(ReportedExposure, [.. adjusted]));
        return (added, layout with { Exposure = ReportedExposure, Frequency = length });
    }

    static double[] ByDelay(int[] rows, double[] values, ReadOnlySpan<double> delays)
    {
        var longest = 0;
        foreach (var row in rows)
            longest = double.IsNaN(delays[row]) ? longest : Math.Max(longest, (int)delays[row]);
        var byDelay = new double[longest + 1];
        foreach (var row in rows)
        {
            if (!double.IsNaN(values[row]))
                byDelay[double.IsNaN(delays[row]) ? 0 : (int)delays[row]] += values[row];
        }
        return byDelay;
    }

    static int Place(int row, int first, StepTimes times, StepCalendar? calendar) =>
        calendar is null ? (int)(times.Numbers[row] - times.Numbers[first])
        : calendar.StepOf(times.Times![row]) is { } place ? place
        : throw new HalleyException(
            "HLY2317",
            $"row {row + 1}: {LongTable.Text(times.Times[row])} is no whole number of steps after {LongTable.Text(times.Times[first])}. Correct it, or give --frequency."
        );

    static StepLength? Find(List<List<int>> groups, StepTimes times) =>
        StepFinder.Find([.. groups.Select(rows => rows.Select(row => times.Times![row]).Distinct().Order().ToArray())]);

    static double[] Exposure(Table table, SeriesLayout layout)
    {
        if (layout.Exposure is { } name)
            return table[name] is ExposureColumn years ? years.Years.ToArray() : table.Numeric(name).Values.ToArray();
        var ones = new double[table.RowCount];
        Array.Fill(ones, 1);
        return ones;
    }

    static List<List<int>> Groups(Table table, SeriesLayout layout)
    {
        var (groups, places) = (new List<List<int>>(), new Dictionary<string, int>(StringComparer.Ordinal));
        for (var row = 0; row < table.RowCount; row++)
        {
            var id = layout.Id is { } name ? table[name].TextAt(row) ?? "" : "";
            if (!places.TryGetValue(id, out var place))
            {
                places[id] = place = groups.Count;
                groups.Add([]);
            }
            groups[place].Add(row);
        }
        return groups;
    }
}
