namespace Halley.Registry;

/// <summary>Counts the decisions of a canary's step from the log, as they come. What it holds can be read again from the log at any time.</summary>
/// <remarks>
/// Ids order records to the millisecond of their writers' clocks, and a commit may come later than another with a greater id: each reading
/// goes back a little and passes over what it has seen. A step is judged whole, and by the blocks of an hour in it, so that a fault that
/// begins late shows soon. Half of the risk goes to the steps, evenly; half to the blocks, the j-th 6/(π²j²) of it: all together stay within it.
/// </remarks>
sealed class CanaryWatch(CanaryState state, UnseenLevels? unseen)
{
    static readonly TimeSpan Overlap = TimeSpan.FromSeconds(30);
    static readonly TimeSpan BlockLength = TimeSpan.FromHours(1);

    readonly CanaryPlan plan = state.Canary.Plan;
    readonly HashSet<Guid> seen = [];
    readonly (CanaryCounts Mine, CanaryCounts Champion) step = (new(state.Canary.Plan), new(state.Canary.Plan));
    readonly Dictionary<int, (CanaryCounts Mine, CanaryCounts Champion)> blocks = [];
    DateTimeOffset readTo = state.Since!.Value;

    internal long Decisions => step.Mine.Decisions;

    internal bool IsFor(CanaryState other) => other.Canary.Id == state.Canary.Id && other.Revision == state.Revision;

    /// <summary>Reads what came since the last reading.</summary>
    internal async Task ReadAsync(DecisionLogReader log, DateTimeOffset now, CancellationToken cancellation)
    {
        var from = readTo - Overlap;
        var query = new LogQuery
        {
            Environment = plan.Environment,
            Decision = state.Canary.Release.Name,
            From = from > state.Since ? from : state.Since - Overlap,
        };
        var read = new HashSet<Guid>();
        await foreach (var record in log.DecisionsAsync(query, cancellation).ConfigureAwait(false))
        {
            read.Add(record.Id);
            if (record.Time > readTo && record.Time <= now)
                readTo = record.Time;
            if (!seen.Contains(record.Id))
                Add(record);
        }
        // Only what the next reading can meet again.
        seen.Clear();
        seen.UnionWith(read);
    }

    void Add(DecisionRecord record)
    {
        if (record.Revision < state.Revision || record.Route is not null)
            return;
        var isMine = record.Release == state.Canary.Release;
        if (!isMine && record.Release != state.Canary.Against)
            return;
        var isUnseen = isMine && (unseen?.AreIn(record.Inputs.Span) ?? false);
        var place = Math.Max(0, (int)((record.Time - state.Since!.Value) / BlockLength));
        if (!blocks.TryGetValue(place, out var block))
            blocks.Add(place, block = (new(plan), new(plan)));
        (isMine ? step.Mine : step.Champion).Add(record, isUnseen);
        (isMine ? block.Mine : block.Champion).Add(record, isUnseen);
    }

    /// <summary>Breaches of the step or of a block of it, in words.</summary>
    internal IReadOnlyList<string> Breaches(IReadOnlyList<CanaryFault> faults)
    {
        var half = plan.Risk / 2 / plan.Guards.Count;
        var errors = faults.Sum(fault => fault.Count);
        var ofStep = CanaryJudge.Breaches(
            state.Canary,
            step.Mine,
            step.Champion,
            (errors, faults is [.., var last] ? last.Sample : null),
            half / plan.Steps.Count
        );
        if (ofStep.Count > 0)
            return ofStep;
        foreach (var (place, block) in blocks.OrderBy(block => block.Key))
        {
            var of = faults.Where(fault => (int)((fault.At - state.Since!.Value) / BlockLength) == place).ToList();
            var alpha = half / plan.Steps.Count * 6 / (Math.PI * Math.PI * (place + 1) * (place + 1));
            var found = CanaryJudge.Breaches(
                state.Canary,
                block.Mine,
                block.Champion,
                (of.Sum(fault => fault.Count), of.LastOrDefault()?.Sample),
                alpha
            );
            if (found.Count > 0)
                return [.. found.Select(words => $"{words} (in hour {place + 1} of the step)")];
        }
        return [];
    }
}
