using System.Globalization;
using Halley.Statistics;

namespace Halley.Registry;

/// <summary>Holds a window against the reference time: drift, missing and unseen values, slow answers.</summary>
sealed class DriftJudge(
    MonitorPlan plan,
    IReadOnlyList<MonitoredField> watched,
    IReadOnlyList<FieldGroups> groups,
    MonitorRisk risk
)
{
    const double SlowShare = 0.01;

    // A share below it counts as it, so that an empty group does not make the index infinite.
    const double Floor = 0.0001;

    /// <summary>Index and worst group of a field in a window.</summary>
    internal static (double Index, int Worst) Index(int field, MonitorWindow reference, MonitorWindow window)
    {
        var (index, worst, most) = (0.0, 0, -1.0);
        if (window.Decisions == 0 || reference.Decisions == 0)
            return (0, 0);
        var before = reference.Field(field);
        var after = window.Field(field);
        for (var group = 0; group < before.Length; group++)
        {
            if (before[group] == 0 && after[group] == 0)
                continue;
            var (b, a) = (
                Math.Max(before[group] / reference.Weights.Total, Floor),
                Math.Max(after[group] / window.Weights.Total, Floor)
            );
            var part = (a - b) * Math.Log(a / b);
            index += part;
            if (part > most)
                (worst, most) = (group, part);
        }
        return (index, worst);
    }

    /// <summary>ln of the evidence that a field moved.</summary>
    internal static double Evidence(int field, MonitorWindow reference, MonitorWindow window)
    {
        var groups = reference.Field(field).Length;
        var (before, after) = (new double[groups], new double[groups]);
        Count(reference, field, before);
        Count(window, field, after);
        return CategorySequence.LogEvidence(before, after);
    }

    /// <summary>Effective numbers of units by group.</summary>
    static void Count(MonitorWindow window, int field, Span<double> counts)
    {
        for (var group = 0; group < counts.Length; group++)
            counts[group] = window.Share(field, group) * window.Weights.Effective;
    }

    /// <summary>Alarms of a window.</summary>
    /// <param name="month">Number of the month from 1; null for all since the reference time.</param>
    /// <param name="when">The window in words.</param>
    internal IEnumerable<MonitorAlarm> Alarms(
        (int Number, string Name) slice,
        MonitorWindow reference,
        MonitorWindow window,
        int? month,
        string when
    )
    {
        if (window.Decisions == 0 || reference.Decisions == 0)
            yield break;
        var limit = -Math.Log(risk.Of(slice.Number, month));
        for (var field = 0; field < watched.Count; field++)
        {
            if (Drift(field, slice.Name, reference, window, limit, when) is { } drift)
                yield return drift;
            if (Missing(field, slice.Name, reference, window, limit, when) is { } missing)
                yield return missing;
        }
        if (Unseen(slice.Name, window, limit, when) is { } unseen)
            yield return unseen;
        if (plan.LatencyMilliseconds is not null && Slow(slice.Name, window, limit, when) is { } slow)
            yield return slow;
    }

    MonitorAlarm? Drift(int field, string slice, MonitorWindow reference, MonitorWindow window, double limit, string when)
    {
        var (index, worst) = Index(field, reference, window);
        if (index < plan.DriftIndex || Evidence(field, reference, window) < limit)
            return null;
        var (before, after) = (reference.Share(field, worst), window.Share(field, worst));
        return Alarm(
            MonitorAlarmKind.Drift,
            slice,
            watched[field].Name,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{groups[field].Describe(worst)} has {Percent(after)} of the exposure {when}, it had {Percent(before)} in the reference time (index of {watched[field].Name} {index:0.##}, limit {plan.DriftIndex:0.##})"
            )
        );
    }

    MonitorAlarm? Missing(int field, string slice, MonitorWindow reference, MonitorWindow window, double limit, string when)
    {
        var (before, after) = (reference.MissingShare(field), window.MissingShare(field));
        if (after - before < plan.MissingRise)
            return null;
        var evidence = CategorySequence.LogEvidence(
            Counts([before, 1 - before], reference.Weights.Effective),
            Counts([after, 1 - after], window.Weights.Effective)
        );
        return evidence < limit
            ? null
            : Alarm(
                MonitorAlarmKind.Missing,
                slice,
                watched[field].Name,
                $"{watched[field].Name} is missing in {Percent(after)} of the exposure {when}, {Percent(before)} in the reference time"
            );
    }

    MonitorAlarm? Unseen(string slice, MonitorWindow window, double limit, string when)
    {
        var share = window.UnseenShare;
        return
            share > plan.UnseenShare
            && ShareSequence.LogEvidence(share * window.Weights.Effective, window.Weights.Effective, plan.UnseenShare) >= limit
            ? Alarm(
                MonitorAlarmKind.Unseen,
                slice,
                "levels",
                $"{Percent(share)} of the exposure {when} has a level that no model learned; at most {Percent(plan.UnseenShare)} is allowed"
            )
            : null;
    }

    MonitorAlarm? Slow(string slice, MonitorWindow window, double limit, string when) =>
        window.Slow > SlowShare * window.Decisions && ShareSequence.LogEvidence(window.Slow, window.Decisions, SlowShare) >= limit
            ? Alarm(
                MonitorAlarmKind.Latency,
                slice,
                "latency",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{window.Slow:N0} of {window.Decisions:N0} decisions {when} took longer than {plan.LatencyMilliseconds} ms; 1 in 100 may"
                )
            )
            : null;

    internal static MonitorAlarm Alarm(MonitorAlarmKind kind, string slice, string subject, string words) =>
        new(
            $"{kind.ToString().ToLowerInvariant()}/{slice}/{subject}",
            kind,
            slice,
            subject,
            slice == "the whole" ? $"{words}." : $"In {slice}: {words}."
        );

    internal static string Percent(double share) => (100 * share).ToString("0.##", CultureInfo.InvariantCulture) + " %";

    static double[] Counts(double[] shares, double effective) => [.. shares.Select(share => Math.Max(0, share) * effective)];
}
