using Halley.Registry;
using Halley.Statistics;

namespace Halley.Bench;

/// <summary>What a monitor said in one book, watched month by month.</summary>
sealed record MonitorFindings(MonitorScenario Scenario)
{
    readonly List<int> delays = [];
    readonly SortedDictionary<string, int> kinds = new(StringComparer.Ordinal);
    readonly SortedDictionary<string, int> verdicts = new(StringComparer.Ordinal);

    public int Runs { get; private set; }

    /// <summary>Runs with any alarm at any look before the book changes, or at all in a healthy one.</summary>
    public int FalseAlarms { get; private set; }

    /// <summary>Runs with an alarm at or after the change.</summary>
    public int Found => delays.Count;

    public double Rate => (double)FalseAlarms / Runs;

    /// <summary>Upper end of the 95 % interval of the rate, exact. Source: Clopper and Pearson (1934), Biometrika 26, 404–413.</summary>
    public double UpperRate => FalseAlarms == Runs ? 1 : BetaDistribution.Quantile(0.975, FalseAlarms + 1, Runs - FalseAlarms);

    /// <summary>Median months from the change to the first alarm, of the runs that found it.</summary>
    public double MedianDelay => delays.Count == 0 ? double.NaN : delays.Order().ElementAt(delays.Count / 2);

    /// <summary>Kinds of first alarms with their number.</summary>
    public string Kinds => string.Join(", ", kinds.Select(kind => $"{kind.Key} {kind.Value}"));

    /// <summary>Verdicts of the last look with their number.</summary>
    public string Verdicts => string.Join(", ", verdicts.Select(verdict => $"{verdict.Key} {verdict.Value}"));

    /// <param name="month">Month of the first alarm; null for none.</param>
    public void Count(int? month, IReadOnlyList<MonitorAlarm> first, MonitorVerdict last)
    {
        Runs++;
        Tally(verdicts, last.ToString().ToLowerInvariant(), 1);
        foreach (var kind in first.Select(alarm => alarm.Kind.ToString().ToLowerInvariant()).Distinct())
            Tally(kinds, kind, 1);
        if (month is not { } number)
            return;
        if (Scenario.IsHealthy || number < Scenario.FromMonth)
            FalseAlarms++;
        else
            delays.Add(number - Scenario.FromMonth);
    }

    public void Add(MonitorFindings other)
    {
        Runs += other.Runs;
        FalseAlarms += other.FalseAlarms;
        delays.AddRange(other.delays);
        foreach (var (kind, number) in other.kinds)
            Tally(kinds, kind, number);
        foreach (var (verdict, number) in other.verdicts)
            Tally(verdicts, verdict, number);
    }

    static void Tally(SortedDictionary<string, int> counts, string key, int number) =>
        counts[key] = counts.GetValueOrDefault(key) + number;
}
