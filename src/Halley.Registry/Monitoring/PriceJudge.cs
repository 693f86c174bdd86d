using System.Globalization;
using Halley.Statistics;

namespace Halley.Registry;

/// <summary>Holds prices charged against technical prices, by the levels of one input.</summary>
sealed class PriceJudge(MonitorPrice price, MonitoredField? by, double referenceDays, double chance)
{
    const double Level = 0.95;
    const int LeastUnits = 100;

    static readonly int[] Whole = [0];

    /// <summary>Tests: the whole, and each level.</summary>
    internal static int Tests(MonitoredField? by) => 1 + (by?.Codes ?? 0);

    internal (IReadOnlyList<MonitorRatio> Ratios, IReadOnlyList<MonitorAlarm> Alarms) Judge(
        IReadOnlyList<MonitoredRow> rows,
        IReadOnlyList<int> lastOfUnit,
        bool canJudge
    )
    {
        var groups = Tests(by);
        var walk = new UnitWalk(rows, lastOfUnit, [.. rows.Select(Counted)]);
        int[][] places = [.. Enumerable.Range(0, groups).Select(group => group == 0 ? Whole : [0, group])];
        int[] Of(MonitoredRow row) => places[row.PriceCode + 1];
        var before = walk.Sum(groups, row => row.IsReference ? Of(row) : []);
        var after = walk.Sum(groups, row => row.IsReference && price.Target is null ? [] : Of(row));
        var (ratios, alarms) = (new List<MonitorRatio>(), new List<MonitorAlarm>());
        for (var group = 0; group < groups; group++)
        {
            if (after[group].Units == 0 || (price.Target is null && before[group].Units < 2))
                continue;
            var name = group == 0 ? "the whole" : $"{by!.Name} = {by.CodeName(group - 1)}";
            var reference = price.Target ?? before[group].Ratio;
            ratios.Add(Ratio(name, after[group], reference, Planned(before[group])));
            if (canJudge && Off(name, before[group], after[group], reference) is { } alarm)
                alarms.Add(alarm);
        }
        return (ratios, alarms);
    }

    static (double, double) Counted(MonitoredRow row) =>
        double.IsFinite(row.Charged) && row.Technical > 0 ? (row.Charged, row.Technical) : (0, 0);

    double Planned(RatioSum before) => Math.Max(LeastUnits, before.Units * 365 / referenceDays);

    static MonitorRatio Ratio(string name, RatioSum sum, double reference, double planned)
    {
        var isKnown = sum.Units >= LeastUnits;
        var interval = isKnown ? sum.At(planned, Level) : default;
        return new(
            name,
            sum.Actual,
            sum.Expected,
            sum.Ratio,
            isKnown ? interval.Lower : null,
            isKnown ? interval.Upper : null,
            reference,
            sum.Units
        );
    }

    MonitorAlarm? Off(string name, RatioSum before, RatioSum after, double reference)
    {
        var change = after.Ratio - reference;
        if (after.Units < LeastUnits || (price.Target is null && before.Units < LeastUnits) || Math.Abs(change) < price.Tolerance)
            return null;
        var ofReference = price.Target is null ? before.StandardError : 0;
        var error = Math.Sqrt(after.StandardError * after.StandardError + ofReference * ofReference);
        var sure = MeanSequence.Of(change, error, after.Units, Planned(before), 1 - chance);
        return sure.Contains(0)
            ? null
            : DriftJudge.Alarm(
                MonitorAlarmKind.Price,
                name,
                price.Charged,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{price.Charged} is {after.Ratio:0.000} of {price.Technical}, {(price.Target is null ? "in the reference time" : "and meant to be")} {reference:0.000} ({after.Units:N0} units)"
                )
            );
    }
}
