using Halley.Registry;

namespace Halley.Bench;

/// <summary>Plays a book many times through a release's whole monitor, looked at after each of 48 months.</summary>
sealed class MonitorStudy(MonitorScenario scenario, int number)
{
    readonly Lock gate = new();

    public MonitorFindings Run(int runs)
    {
        var all = new MonitorFindings(scenario);
        Parallel.For(
            0,
            runs,
            () => new MonitorFindings(scenario),
            (run, _, found) =>
            {
                Play(run, found);
                return found;
            },
            found =>
            {
                lock (gate)
                    all.Add(found);
            }
        );
        return all;
    }

    void Play(int run, MonitorFindings found)
    {
        var events = new MonitoredBook(scenario, 5000 + (ulong)number).Play(run);
        var monitor = ReleaseMonitor.Of(MonitoredBook.Plan, MonitoredBook.Definition);
        var next = 0;
        int? alarmed = null;
        IReadOnlyList<MonitorAlarm> first = [];
        var verdict = MonitorVerdict.Leave;
        for (var month = 0; month < MonitorScenario.Months; month++)
        {
            var end = 365.0 / 12 * (month + 1);
            for (; next < events.Count && events[next].Day < end; next++)
            {
                if (events[next].Decision is { } decision)
                    monitor.Add(decision);
                else
                    monitor.Add(events[next].Outcome!);
            }
            var report = monitor.Look("production", new("quote", 1), MonitoredBook.Start.AddDays(end));
            verdict = report.Verdict;
            if (alarmed is null && report.Alarms.Count > 0)
                (alarmed, first) = (month, report.Alarms);
        }
        found.Count(alarmed, first, verdict);
    }
}
