using System.Globalization;
using Halley.Statistics;

namespace Halley.Registry;

/// <summary>Holds what came against what was expected by now, by slice and by band of the expected amount.</summary>
sealed class ClaimsJudge(MonitorPlan plan, MonitorSlices slices, MonitorRisk risk)
{
    const double Level = 0.95;
    const double LeastPlanned = 100;

    // How much faster or slower than expected claims may rise: a tenth of the slope.
    const double SlopeTolerance = 0.1;

    /// <summary>A line as it stands: ratio by slice, calibration of the whole, alarms.</summary>
    internal sealed record Found(
        IReadOnlyList<MonitorRatio?> Ratios,
        MonitorCalibration? Calibration,
        IReadOnlyList<MonitorAlarm> Alarms,
        bool IsLevelOff,
        bool IsOrderOff
    );

    /// <param name="rows">Rows by number, each with the place of its unit's row before.</param>
    /// <param name="lastOfUnit">The last row of each unit.</param>
    /// <param name="cuts">Four cuts of the expected amount, from the reference time.</param>
    /// <param name="canJudge">Whether the reference time is over.</param>
    internal Found Judge(
        int line,
        IReadOnlyList<MonitoredRow> rows,
        IReadOnlyList<int> lastOfUnit,
        int today,
        double[] cuts,
        bool canJudge
    )
    {
        var counted = Counted(line, rows, today);
        var walk = new UnitWalk(rows, lastOfUnit, counted);
        var sums = walk.Sum(slices.Count, row => row.Slices);
        for (var slice = 1; slice < sums.Length; slice++)
            sums[slice].AtLeastAsSpreadAs(sums[0]);
        var planned = Planned(walk.Sum(slices.Count, row => row.IsReference ? row.Slices : []));
        var ratios = new MonitorRatio?[slices.Count];
        var alarms = new List<MonitorAlarm>();
        for (var slice = 0; slice < slices.Count; slice++)
        {
            if (!(sums[slice].Expected > 0))
                continue;
            ratios[slice] = Ratio(plan.Lines[line].Name, sums[slice], planned[slice]);
            if (canJudge && Off(line, slice, sums[slice], planned[slice]) is { } alarm)
                alarms.Add(alarm);
        }
        var isLevelOff = alarms.Any(alarm => alarm.Slice == slices.Names[0]);
        var whole = ratios[0];
        // A level that is off everywhere alike is off in every segment; the order is off where a segment is surely away from the whole.
        var isOrderOff = alarms.Any(alarm =>
            alarm.Slice != slices.Names[0] && (!isLevelOff || Away(alarm.Slice, whole!, sums, planned))
        );
        var calibration = Calibration(line, walk, counted, rows, cuts, planned[0]);
        if (calibration is not null && canJudge && Steep(line, calibration, planned[0], sums[0].Units) is { } steep)
        {
            alarms.Add(steep);
            isOrderOff = true;
        }
        return new(ratios, calibration?.View, alarms, isLevelOff, isOrderOff);
    }

    /// <summary>Actual and expected amount by now of each row; 0 of both where it does not count.</summary>
    (double Actual, double Expected)[] Counted(int line, IReadOnlyList<MonitoredRow> rows, int today)
    {
        var rule = plan.Lines[line];
        var counted = new (double, double)[rows.Count];
        var (lastAge, share) = (-1, 1.0);
        for (var i = 0; i < counted.Length; i++)
        {
            var row = rows[i];
            var expected = row.Expected[line] * (rule.IsRate ? row.Weight : 1) * rule.Factor;
            if (rule.Taken is not null)
                expected *= row.Taken[line];
            if (!double.IsFinite(expected))
                continue;
            if (rule.Development is { } pattern && today - row.Day != lastAge)
                (lastAge, share) = (today - row.Day, pattern.ShareAt(Math.Max(0, today - row.Day)));
            counted[i] = (row.Actual[line], expected * share);
        }
        return counted;
    }

    double[] Planned(RatioSum[] reference) =>
        [.. reference.Select(sum => Math.Max(LeastPlanned, sum.Units * 365 / plan.ReferenceDays))];

    MonitorRatio Ratio(string name, RatioSum sum, double planned)
    {
        var isKnown = sum.EffectiveClaims >= plan.MinimumClaims;
        var interval = isKnown ? sum.At(planned, Level) : default;
        return new(
            name,
            sum.Actual,
            sum.Expected,
            sum.Ratio,
            isKnown ? interval.Lower : null,
            isKnown ? interval.Upper : null,
            1,
            sum.Claims
        );
    }

    MonitorAlarm? Off(int line, int slice, RatioSum sum, double planned)
    {
        var rule = plan.Lines[line];
        if (sum.EffectiveClaims < plan.MinimumClaims || Math.Abs(sum.Ratio - 1) < rule.Tolerance)
            return null;
        var sure = sum.At(planned, 1 - risk.OfClaims(slice));
        return sure.Contains(1)
            ? null
            : DriftJudge.Alarm(
                MonitorAlarmKind.Claims,
                slices.Names[slice],
                rule.Name,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{rule.Name} came to {sum.Ratio:0.00} of what was expected by now ({sum.Actual:N0} against {sum.Expected:N0}, {sum.Claims:N0} with an amount; surely {sure.Lower:0.00} to {sure.Upper:0.00})"
                )
            );
    }

    bool Away(string name, MonitorRatio whole, RatioSum[] sums, double[] planned)
    {
        var slice = slices.NumberOf(name);
        return !sums[slice].At(planned[slice], 1 - risk.OfClaims(slice)).Contains(whole.Ratio);
    }

    /// <summary>The calibration with what its test needs.</summary>
    sealed record Sloped(MonitorCalibration View, double Slope, double StandardError);

    Sloped? Calibration(
        int line,
        UnitWalk walk,
        (double Actual, double Expected)[] counted,
        IReadOnlyList<MonitoredRow> rows,
        double[] cuts,
        double planned
    )
    {
        int[][] numbers = [.. Enumerable.Range(0, cuts.Length + 1).Select(band => new[] { band })];
        var bands = walk.Sum(numbers.Length, row => numbers[BandOf(cuts, row.Expected[line])]);
        var slope = CalibrationSlope.Of(walk, counted, rows, line);
        if (slope is not { } found || found.EffectiveClaims < plan.MinimumClaims)
            return null;
        var interval = MeanSequence.Of(found.Slope, found.StandardError, found.Units, planned, Level);
        var view = new MonitorCalibration(
            plan.Lines[line].Name,
            found.Slope,
            interval.Lower,
            interval.Upper,
            [
                .. bands
                    .Index()
                    .Where(band => band.Item.Expected > 0)
                    .Select(one =>
                        Ratio(
                            string.Create(CultureInfo.InvariantCulture, $"band {one.Index + 1}"),
                            one.Item,
                            planned / bands.Length
                        )
                    ),
            ]
        );
        return new(view, found.Slope, found.StandardError);
    }

    MonitorAlarm? Steep(int line, Sloped calibration, double planned, int units)
    {
        var sure = MeanSequence.Of(calibration.Slope, calibration.StandardError, units, planned, 1 - risk.OfClaims(0));
        return Math.Abs(calibration.Slope) < SlopeTolerance || sure.Contains(0)
            ? null
            : DriftJudge.Alarm(
                MonitorAlarmKind.Calibration,
                slices.Names[0],
                plan.Lines[line].Name,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{plan.Lines[line].Name} rise {(calibration.Slope > 0 ? "faster" : "slower")} from small to large expected amounts than the models say (slope {1 + calibration.Slope:0.00} in place of 1; surely {1 + sure.Lower:0.00} to {1 + sure.Upper:0.00})"
                )
            );
    }

    static int BandOf(double[] cuts, double expected)
    {
        var band = 0;
        while (band < cuts.Length && expected >= cuts[band])
            band++;
        return band;
    }
}
