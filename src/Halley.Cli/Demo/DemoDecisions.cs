namespace Halley.Cli;

/// <summary>Decisions served, by decision and action.</summary>
/// <param name="Refused">Records that broke a decision's rules for its inputs; they are not among those served.</param>
sealed record DemoDecisions(int Served, int Refused, IReadOnlyList<DemoCount> By)
{
    public static DemoDecisions Of(IReadOnlyList<PlayedEvent> played) =>
        new(
            played.Count(one => one.Action != StreamPlayer.Refused),
            played.Count(one => one.Action == StreamPlayer.Refused),
            [
                .. played
                    .GroupBy(one => (one.Event.Decision, one.Action))
                    .OrderBy(group => group.Key.Decision, StringComparer.Ordinal)
                    .ThenByDescending(group => group.Count())
                    .Select(group => new DemoCount(group.Key.Decision, group.Key.Action, group.Count(), Known(group))),
            ]
        );

    /// <summary>What became of held-out rows: total over the years at risk. Generated events become what the answer makes of them; they are left to the value.</summary>
    static IReadOnlyList<DemoKnown> Known(IEnumerable<PlayedEvent> played)
    {
        var records = played.Select(one => one.Event).OfType<RecordEvent>().ToList();
        var years = records.Sum(record => record.Years ?? 1);
        var per = records.Exists(record => record.Years is not null) ? "year at risk" : "record";
        return
        [
            .. records
                .SelectMany(record => record.Known)
                .GroupBy(known => known.Kind)
                .Select(group => new DemoKnown(group.Key, group.Sum(known => known.Value) / years, per)),
        ];
    }
}

/// <param name="Known">What became of these records in truth, by outcome.</param>
sealed record DemoCount(string Decision, string Action, int Count, IReadOnlyList<DemoKnown> Known);

/// <param name="Mean">Of one <paramref name="Per"/>: a record, or a year at risk where the table has an exposure.</param>
sealed record DemoKnown(string Outcome, double Mean, string Per);
