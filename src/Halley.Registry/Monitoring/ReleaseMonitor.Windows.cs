using System.Globalization;

namespace Halley.Registry;

public sealed partial class ReleaseMonitor
{
    /// <summary>A decision of the reference time, kept until its bands are cut.</summary>
    sealed record Waiting(MonitoredRow Row, double[] Values);

    /// <summary>The windows of one slice.</summary>
    sealed class SliceWindows(IReadOnlyList<FieldGroups> groups)
    {
        internal MonitorWindow Reference { get; } = new(groups);

        internal MonitorWindow Since { get; } = new(groups);

        internal MonitorWindow Month { get; } = new(groups);
    }

    readonly List<Waiting> waiting = [];
    readonly List<MonitorAlarm> pastAlarms = [];
    readonly double[][] cuts;
    FieldGroups[] groups = [];
    SliceWindows[] windows = [];
    DriftJudge? judge;
    DateTimeOffset? referenceTo;
    int month = 1;

    bool IsReferenceOver => referenceTo is not null;

    /// <summary>Puts a decision into its windows; the first one after the reference time closes that.</summary>
    void Watch(DateTimeOffset time, MonitoredRow row)
    {
        if (!IsReferenceOver && (time - start!.Value).TotalDays >= plan.ReferenceDays && waiting.Count >= LeastReference)
            CloseReference(time);
        if (!IsReferenceOver)
        {
            row.IsReference = true;
            waiting.Add(new(row, [.. watched.Select(place => values[place])]));
            return;
        }
        for (; time >= MonthStart(month + 1); month++)
            CloseMonth();
        Span<int> codes = stackalloc int[groups.Length];
        for (var field = 0; field < codes.Length; field++)
            codes[field] = groups[field].Of(values[watched[field]]);
        foreach (var slice in row.Slices)
        {
            windows[slice].Since.Add(codes, row);
            windows[slice].Month.Add(codes, row);
        }
    }

    DateTimeOffset MonthStart(int number) => referenceTo!.Value + (number - 1) * Month;

    void CloseReference(DateTimeOffset time)
    {
        referenceTo = time;
        groups =
        [
            .. watched.Select(
                (place, field) => new FieldGroups(fields.All[place], waiting.Select(one => (one.Values[field], one.Row.Weight)))
            ),
        ];
        windows = [.. slices.Names.Select(_ => new SliceWindows(groups))];
        judge = new(plan, [.. watched.Select(place => fields.All[place])], groups, risk);
        var codes = new int[groups.Length];
        foreach (var (row, read) in waiting)
        {
            for (var field = 0; field < codes.Length; field++)
                codes[field] = groups[field].Of(read[field]);
            foreach (var slice in row.Slices)
                windows[slice].Reference.Add(codes, row);
        }
        for (var line = 0; line < cuts.Length; line++)
            cuts[line] = ClaimsCuts(line);
        waiting.Clear();
        waiting.TrimExcess();
    }

    /// <summary>Cuts of the expected amount with about as much of it in each band.</summary>
    double[] ClaimsCuts(int line)
    {
        double[] amounts = [.. rows.Select(row => row.Expected[line]).Where(amount => amount > 0).Order()];
        var (total, sum, found) = (amounts.Sum(), 0.0, new List<double>());
        foreach (var amount in amounts)
        {
            sum += amount;
            if (found.Count < ClaimsBands - 1 && sum >= total * (found.Count + 1) / ClaimsBands)
                found.Add(amount);
        }
        return [.. found];
    }

    void CloseMonth()
    {
        pastAlarms.AddRange(MonthAlarms());
        foreach (var slice in windows)
            slice.Month.Clear();
    }

    IEnumerable<MonitorAlarm> MonthAlarms()
    {
        var from = MonthStart(month).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return Alarms(window => window.Month, month, $"in the 30 days from {from}");
    }

    IEnumerable<MonitorAlarm> Alarms(Func<SliceWindows, MonitorWindow> of, int? number, string when)
    {
        for (var slice = 0; slice < windows.Length; slice++)
        {
            var reference = windows[slice].Reference;
            foreach (var alarm in judge!.Alarms((slice, slices.Names[slice]), reference, of(windows[slice]), number, when))
                yield return alarm;
        }
    }
}
