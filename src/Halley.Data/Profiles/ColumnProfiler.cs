namespace Halley.Data;

/// <summary>Profiles one column.</summary>
static class ColumnProfiler
{
    const int NumbersAsLevels = 30;

    static readonly double[] Shares = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];

    public static ColumnProfile Of(Column column, ProfiledTable table)
    {
        var profile = new ColumnProfile
        {
            Name = column.Name,
            Kind = column.Kind,
            Role = table.RoleOf(column),
            Missing = column.MissingCount,
            Distinct = 0,
        };
        return column switch
        {
            CategoricalColumn => WithLevels(profile, column, table, int.MaxValue),
            TextColumn text => profile with { Distinct = DistinctTexts(text) },
            DateColumn dates => WithDays(profile, dates),
            BooleanColumn => WithLevels(WithNumbers(profile, column), column, table, NumbersAsLevels),
            _ => WithLevels(WithNumbers(profile, column), column, table, NumbersAsLevels),
        };
    }

    /// <summary>The column's values without missing ones, ascending.</summary>
    public static double[] Sorted(Column column)
    {
        var slots = new double[column.RowCount];
        column.CopySlots(0, slots);
        double[] present = column.Missing is null ? slots : [.. slots.Where(slot => !double.IsNaN(slot))];
        Array.Sort(present);
        return present;
    }

    /// <summary>Quantile of ascending values, at least one, interpolated linearly between order statistics.</summary>
    /// <remarks>Definition 7 of Hyndman and Fan (1996), Sample quantiles in statistical packages, American Statistician 50(4).</remarks>
    public static double Quantile(double[] sorted, double share)
    {
        var position = share * (sorted.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    public static int DistinctOf(double[] sorted)
    {
        var distinct = sorted.Length == 0 ? 0 : 1;
        for (var i = 1; i < sorted.Length; i++)
            distinct += sorted[i] == sorted[i - 1] ? 0 : 1;
        return distinct;
    }

    static ColumnProfile WithNumbers(ColumnProfile profile, Column column)
    {
        var sorted = Sorted(column);
        if (sorted.Length == 0)
            return profile;
        var mean = CompensatedSum.Of(sorted) / sorted.Length;
        var squares = CompensatedSum.Of(Array.ConvertAll(sorted, value => (value - mean) * (value - mean)));
        return profile with
        {
            Distinct = DistinctOf(sorted),
            Minimum = sorted[0],
            Maximum = sorted[^1],
            Mean = mean,
            StandardDeviation = sorted.Length < 2 ? null : Math.Sqrt(squares / (sorted.Length - 1)),
            Zeros = sorted.Count(value => value == 0),
            Quantiles = [.. Shares.Select(share => new QuantileValue(share, Quantile(sorted, share)))],
        };
    }

    static ColumnProfile WithDays(ColumnProfile profile, DateColumn column)
    {
        var sorted = Sorted(column);
        return sorted.Length == 0
            ? profile
            : profile with
            {
                Distinct = DistinctOf(sorted),
                First = DateOnly.FromDayNumber((int)sorted[0]),
                Last = DateOnly.FromDayNumber((int)sorted[^1]),
            };
    }

    static ColumnProfile WithLevels(ColumnProfile profile, Column column, ProfiledTable table, int most)
    {
        if (Grouping.Of(column, most) is not { } groups)
            return profile;
        var (rows, years) = (groups.Rows(), groups.Sums(table.Years));
        var (targets, targetYears) = table.Target is null
            ? (null, null)
            : (groups.Sums(table.Target), groups.Sums(table.TargetYears));
        int[] used = [.. Enumerable.Range(0, groups.Names.Count).Where(group => rows[group] > 0)];
        var shown = used.Length <= table.LevelsShown ? used : MostExposed(used, years, rows, table.LevelsShown);
        return profile with
        {
            Distinct = used.Length,
            Levels =
            [
                .. shown.Select(group => new LevelProfile(
                    groups.Names[group],
                    rows[group],
                    table.Exposure is null ? null : years[group],
                    targetYears?[group] > 0 ? targets![group] / targetYears[group] : null
                )),
            ],
            OtherLevels = used.Length - shown.Length,
        };
    }

    static int[] MostExposed(int[] groups, double[] years, int[] rows, int count) =>
        [.. groups.OrderByDescending(group => years[group]).ThenByDescending(group => rows[group]).Take(count).Order()];

    static int DistinctTexts(TextColumn column)
    {
        var texts = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in column.Values)
        {
            if (text is not null)
                texts.Add(text);
        }
        return texts.Count;
    }
}
