using System.Globalization;
using Halley.Data;

namespace Halley.Forecasting;

/// <summary>Reads series from a table in long form.</summary>
public sealed class LongTable
{
    readonly Table table;
    readonly SeriesLayout layout;
    readonly SeriesProblems problems = new();
    readonly StepTimes times;
    readonly double[] values;
    readonly double[]? exposure;
    readonly double[][] regressors;

    LongTable(Table table, SeriesLayout layout)
    {
        (this.table, this.layout) = (table, layout);
        times = StepTimes.Of(table, layout.Time, problems);
        problems.Throw();
        values = Numbers(layout.Value);
        exposure = layout.Exposure is { } name ? Numbers(name) : null;
        regressors = [.. layout.Regressors.Select(Numbers)];
    }

    /// <summary>Series in the order in which they first appear; rows of a series in any order.</summary>
    /// <exception cref="HalleyException">
    /// HLY1001, HLY1002: a column is missing or of another kind; HLY2312 to HLY2319: rows that make no series, all problems at once.
    /// </exception>
    public static IReadOnlyList<KnownSeries> Read(Table table, SeriesLayout layout) => new LongTable(table, layout).Read();

    List<KnownSeries> Read()
    {
        var groups = Groups();
        problems.Throw();
        // Ascending times; two rows of one time are no series.
        foreach (var (id, rows) in groups)
        {
            rows.Sort(
                (a, b) => times.Numbers[a] != times.Numbers[b] ? times.Numbers[a].CompareTo(times.Numbers[b]) : a.CompareTo(b)
            );
            for (var i = 1; i < rows.Count; i++)
            {
                if (times.Numbers[rows[i]] == times.Numbers[rows[i - 1]])
                    problems.Add(
                        "HLY2314",
                        $"series '{id}', rows {rows[i - 1] + 1} and {rows[i] + 1}: both are of {TimeText(rows[i])}. Leave one out, or add them up."
                    );
            }
        }
        problems.Throw();
        var length = times.Times is null ? null : Length(groups);
        var series = groups.Select(group => One(group.Id, group.Rows, length)).ToList();
        problems.Throw();
        return series;
    }

    StepLength? Length(List<(string Id, List<int> Rows)> groups)
    {
        var length =
            layout.Frequency
            ?? StepFinder.Find([.. groups.Select(group => group.Rows.Select(row => times.Times![row]).ToArray())]);
        if (length is null)
            problems.Add(
                "HLY2315",
                $"no series has two rows, so the length of a step can't be found from '{layout.Time}'. Give it, such as --frequency month."
            );
        problems.Throw();
        return length;
    }

    KnownSeries One(string id, List<int> rows, StepLength? length)
    {
        var calendar = length is { } step ? new StepCalendar(times.Times![rows[0]], step.Unit, step.Count) : null;
        var places = rows.ConvertAll(row => Place(id, row, rows[0], calendar, length));
        var lastKnown = rows.FindLastIndex(row => !double.IsNaN(values[row]));
        if (lastKnown < 0)
        {
            problems.Add(
                "HLY2316",
                $"series '{id}', row {rows[0] + 1}: not one of its rows has a value in '{layout.Value}'. Leave the series out."
            );
            return Empty(id);
        }
        if (places.Contains(-1))
            return Empty(id);
        var (n, total) = (places[lastKnown] + 1, places[^1] + 1);
        var rowAt = new int[total];
        Array.Fill(rowAt, -1);
        for (var i = 0; i < rows.Count; i++)
            rowAt[places[i]] = rows[i];
        var y = Pick(values, rowAt.AsSpan(0, n));
        var gaps = y.Count(double.IsNaN);
        CheckGaps(id, y, calendar);
        return new(
            new()
            {
                Id = id,
                Values = Fill(y),
                Seasons = layout.Seasons ?? length?.UsualSeasons ?? [],
                Exposure = exposure is null ? null : Past(id, layout.Exposure!, exposure, rowAt, n),
                Regressors = [.. regressors.Select((one, k) => Past(id, layout.Regressors[k], one, rowAt, n))],
                RegressorNames = layout.Regressors,
                Calendar = calendar,
            },
            new()
            {
                Exposure = exposure is null ? null : Pick(exposure, rowAt.AsSpan(n)),
                Regressors = [.. regressors.Select(one => Pick(one, rowAt.AsSpan(n)))],
            },
            gaps,
            times.Numbers[rows[0]]
        );
    }

    int Place(string id, int row, int first, StepCalendar? calendar, StepLength? length)
    {
        if (calendar is null)
            return (int)Math.Min(times.Numbers[row] - times.Numbers[first], int.MaxValue / 2);
        if (calendar.StepOf(times.Times![row]) is { } place)
            return place;
        problems.Add(
            "HLY2317",
            $"series '{id}', row {row + 1}: {TimeText(row)} is no whole number of steps ({length}) after {TimeText(first)}. Correct it, or give --frequency."
        );
        return -1;
    }

    void CheckGaps(string id, double[] y, StepCalendar? calendar)
    {
        var gap = Array.FindIndex(y, double.IsNaN);
        if (gap < 0 || layout.Gaps != GapRule.Refuse)
            return;
        var at = calendar is null ? $"step {gap + 1}" : Text(calendar.At(gap));
        problems.Add(
            "HLY2318",
            $"series '{id}', {at}: there is no value, the first of {y.Count(double.IsNaN)}. Add the rows, or say what a gap means: "
                + "--gaps zero, previous, interpolate or keep."
        );
    }

    double[] Fill(double[] y)
    {
        switch (layout.Gaps)
        {
            case GapRule.Zero:
                return [.. y.Select(value => double.IsNaN(value) ? 0 : value)];
            case GapRule.Interpolate:
                return Gaps.Interpolate(y);
            case GapRule.Previous:
                for (var t = 1; t < y.Length; t++)
                    y[t] = double.IsNaN(y[t]) ? y[t - 1] : y[t];
                return Gaps.Interpolate(y);
            default:
                return y;
        }
    }

    /// <summary>Exposure or a regressor of the past, which must be known: a straight line across steps that have no row.</summary>
    double[] Past(string id, string name, double[] column, int[] rowAt, int n)
    {
        for (var t = 0; t < n; t++)
        {
            if (rowAt[t] >= 0 && double.IsNaN(column[rowAt[t]]))
                problems.Add(
                    "HLY2319",
                    $"series '{id}', row {rowAt[t] + 1}: '{name}' is missing. Fill it in, or leave the column out."
                );
        }
        return Gaps.Interpolate(Pick(column, rowAt.AsSpan(0, n)));
    }

    List<(string Id, List<int> Rows)> Groups()
    {
        var (groups, places) = (new List<(string Id, List<int> Rows)>(), new Dictionary<string, int>(StringComparer.Ordinal));
        var column = layout.Id is { } name ? table[name] : null;
        for (var row = 0; row < table.RowCount; row++)
        {
            var id = column is null ? layout.Value : column.TextAt(row);
            if (id is null)
            {
                problems.Add(
                    "HLY2312",
                    $"column '{layout.Id}', row {row + 1}: the row names no series. Fill it in, or leave the row out."
                );
                continue;
            }
            if (!places.TryGetValue(id, out var place))
            {
                places[id] = place = groups.Count;
                groups.Add((id, []));
            }
            groups[place].Rows.Add(row);
        }
        if (groups.Count == 0)
            problems.Add("HLY2312", "the table has no rows, so there is nothing to forecast.");
        return groups;
    }

    double[] Numbers(string name) =>
        table[name] is ExposureColumn years ? years.Years.ToArray() : table.Numeric(name).Values.ToArray();

    static double[] Pick(double[] column, ReadOnlySpan<int> rows)
    {
        var picked = new double[rows.Length];
        for (var i = 0; i < rows.Length; i++)
            picked[i] = rows[i] < 0 ? double.NaN : column[rows[i]];
        return picked;
    }

    static KnownSeries Empty(string id) => new(new() { Id = id, Values = [] }, SeriesFuture.Unknown, 0, 0);

    string TimeText(int row) =>
        times.Times is { } all ? Text(all[row]) : times.Numbers[row].ToString(CultureInfo.InvariantCulture);

    internal static string Text(DateTime time) =>
        time.ToString(time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
