using Halley.Data;

namespace Halley.Registry;

public sealed partial class DecisionLog
{
    // A record of the log names so many at most; more become several.
    const int ErasedAtOnce = 1000;

    /// <summary>Erases the personal part (unit, inputs, steps, reasons) of everything that was decided for one unit, in every environment and for every purpose.</summary>
    /// <returns>Number of records erased.</returns>
    /// <exception cref="HalleyException">HLY5405: no unit or no reason is given; others as for a decision.</exception>
    public Task<int> EraseUnitAsync(string unit, Actor by, string why, CancellationToken cancellation = default)
    {
        if (string.IsNullOrWhiteSpace(unit))
            throw new HalleyException("HLY5405", "no unit is named whose data are to be erased. Give its id.");
        if (why.Contains(unit, StringComparison.OrdinalIgnoreCase))
            throw new HalleyException(
                "HLY5405",
                "the reason names the unit, and it stays for ever. Give the request's number or a rule."
            );
        return EraseAsync(new() { Environment = null }, record => record.UnitId == unit, by, why, cancellation);
    }

    /// <summary>Erases the personal part of every decision of an environment that was made before a time, of tests and what-ifs too.</summary>
    /// <returns>Number of records erased.</returns>
    /// <exception cref="HalleyException">HLY5405: no reason is given; others as for a decision.</exception>
    public Task<int> EraseBeforeAsync(
        string environment,
        DateTimeOffset before,
        Actor by,
        string why,
        CancellationToken cancellation = default
    ) => EraseAsync(new() { Environment = environment, To = before }, _ => true, by, why, cancellation);

    async Task<int> EraseAsync(
        LogQuery window,
        Func<DecisionRecord, bool> isMeant,
        Actor by,
        string why,
        CancellationToken cancellation
    )
    {
        if (string.IsNullOrWhiteSpace(why))
            throw new HalleyException(
                "HLY5405",
                "no reason is given for the erasure, and it stays in the log. Give one with --why."
            );
        by.Check();

        // 1. The records that still have something to erase.
        var meant = new Dictionary<LogScope, List<Guid>>();
        var reader = new DecisionLogReader(store);
        foreach (var purpose in Enum.GetValues<Purpose>())
        {
            await foreach (
                var record in reader.DecisionsAsync(window with { Purpose = purpose }, cancellation).ConfigureAwait(false)
            )
            {
                if (record.UnitId.Length > 0 && isMeant(record))
                    await AddAsync(record, meant, cancellation).ConfigureAwait(false);
            }
        }

        // 2. What will be erased is in the chain before it is: a crash between leaves a promise to be kept by the next call, and no hole.
        var number = 0;
        foreach (var (scope, ids) in meant)
        {
            foreach (var part in ids.Chunk(ErasedAtOnce))
            {
                var erasure = new Erasure(NewId(), time.GetUtcNow(), scope.Environment, scope.Decision, part, by, why);
                await EnqueueAsync([RecordJson.Entry(erasure)]).ConfigureAwait(false);
                await store.EraseAsync(part, cancellation).ConfigureAwait(false);
                number += part.Length;
            }
        }
        return number;
    }

    /// <summary>A decision and its shadows' answers.</summary>
    async Task AddAsync(DecisionRecord record, Dictionary<LogScope, List<Guid>> meant, CancellationToken cancellation)
    {
        var scope = new LogScope(RecordJson.ScopeOf(record.Environment, record.Purpose), record.Decision);
        if (!meant.TryGetValue(scope, out var ids))
            meant.Add(scope, ids = []);
        ids.Add(record.Id);
        await foreach (var about in store.AboutAsync(record.Id, cancellation).ConfigureAwait(false))
        {
            if (about.Personal is not null)
                ids.Add(about.Id);
        }
    }
}
