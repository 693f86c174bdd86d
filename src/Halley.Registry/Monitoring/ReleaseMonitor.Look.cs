using System.Globalization;

namespace Halley.Registry;

public sealed partial class ReleaseMonitor
{
    const double LeastForIndex = 50;

    /// <summary>What is known by a time; everything that was added must have been known by then.</summary>
    public MonitorReport Look(string environment, VersionId release, DateTimeOffset asOf)
    {
        var today = DateOnly.FromDateTime(asOf.UtcDateTime).DayNumber;
        var notes = new List<string>();

        // 1. Actual against expected, line by line.
        var claims = new ClaimsJudge(plan, slices, risk);
        var found = new List<ClaimsJudge.Found>();
        foreach (var (line, rule) in plan.Lines.Index())
        {
            if (kinds.Contains(rule.Actual) && (rule.Taken is null || kinds.Contains(rule.Taken)))
                found.Add(claims.Judge(line, rows, lastOfUnit, today, cuts[line], IsReferenceOver));
            else
                notes.Add($"{rule.Name} are not known: no outcome of kind {Missing(rule)} has been reported.");
        }

        // 2. Prices, and what drifted: all since the reference time and month by month.
        var (prices, priceAlarms) = plan.Price is { } price
            ? new PriceJudge(price, PriceField, plan.ReferenceDays, risk.OfPrice).Judge(rows, lastOfUnit, IsReferenceOver)
            : ([], []);
        List<MonitorAlarm> alarms = [.. found.SelectMany(one => one.Alarms), .. priceAlarms, .. DriftAlarms()];
        if (!IsReferenceOver)
            notes.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The reference time still runs: it ends after {plan.ReferenceDays:0} days and {LeastReference} decisions; nothing is an alarm before."
                )
            );

        // 3. The verdict.
        alarms = [.. alarms.DistinctBy(alarm => alarm.Key)];
        var (verdict, sentence, reasons) = MonitorWords.Verdict(release, found, alarms, IsReferenceOver);
        return new(
            environment,
            plan.Decision,
            release,
            start,
            referenceTo,
            asOf,
            rows.Count,
            rows.Sum(row => row.Weight),
            verdict,
            sentence,
            reasons,
            alarms,
            [.. Enumerable.Range(0, slices.Count).Select(slice => Slice(slice, found, prices)).OfType<MonitorSlice>()],
            notes,
            isSimulated
        );
    }

    string Missing(MonitorLine rule) => kinds.Contains(rule.Actual) ? $"'{rule.Taken}'" : $"'{rule.Actual}'";

    IEnumerable<MonitorAlarm> DriftAlarms() =>
        IsReferenceOver ? [.. Alarms(window => window.Since, null, "since then"), .. MonthAlarms(), .. pastAlarms] : [];

    /// <summary>Null for a slice that nothing is known of.</summary>
    MonitorSlice? Slice(int slice, List<ClaimsJudge.Found> found, IReadOnlyList<MonitorRatio> prices)
    {
        var since = IsReferenceOver ? windows[slice].Since : null;
        var ratios = found.Select(one => one.Ratios[slice]).OfType<MonitorRatio>().ToList();
        if (since is not { Decisions: > 0 } && ratios.Count == 0 && slice > 0)
            return null;
        return new(
            slices.Names[slice],
            since?.Decisions ?? 0,
            since?.Weights.Total ?? 0,
            Drift(slice),
            MissingShares(slice),
            since?.UnseenShare ?? 0,
            since is { Decisions: > 0 } ? (double)since.Slow / since.Decisions : 0,
            ratios,
            slice == 0 ? prices : [],
            slice == 0 ? [.. found.Select(one => one.Calibration).OfType<MonitorCalibration>()] : []
        );
    }

    List<MonitorDrift> Drift(int slice)
    {
        var lines = new List<MonitorDrift>();
        // The index of a few decisions is noise and would be read as drift.
        if (!IsReferenceOver || windows[slice].Since.Weights.Effective < LeastForIndex)
            return lines;
        var (reference, since, latest) = (windows[slice].Reference, windows[slice].Since, windows[slice].Month);
        for (var field = 0; field < watched.Count; field++)
        {
            var (index, worst) = DriftJudge.Index(field, reference, since);
            double? recent = latest.Weights.Effective < LeastForIndex ? null : DriftJudge.Index(field, reference, latest).Index;
            lines.Add(
                new(
                    fields.All[watched[field]].Name,
                    !fields.All[watched[field]].IsInput,
                    index,
                    recent,
                    groups[field].Describe(worst),
                    reference.Share(field, worst),
                    since.Share(field, worst),
                    Math.Min(1, Math.Exp(-DriftJudge.Evidence(field, reference, since)))
                )
            );
        }
        return lines;
    }

    List<MonitorShare> MissingShares(int slice)
    {
        var shares = new List<MonitorShare>();
        for (var field = 0; IsReferenceOver && field < watched.Count; field++)
        {
            var (before, after) = (windows[slice].Reference.MissingShare(field), windows[slice].Since.MissingShare(field));
            if (before > 0 || after > 0)
                shares.Add(new(fields.All[watched[field]].Name, before, after));
        }
        return shares;
    }
}
