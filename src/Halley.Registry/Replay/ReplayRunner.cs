using System.Runtime.CompilerServices;
using Halley.Data;
using Halley.Decisions;

namespace Halley.Registry;

/// <summary>Decides logged decisions again, each by its own release or all by another, and prices and explains the difference.</summary>
/// <param name="releases">Gives the engine of a release; asked for each decision's own where no other is given.</param>
public sealed class ReplayRunner(ILogStore log, Func<VersionId, CancellationToken, ValueTask<DecisionEngine>> releases)
{
    const int BlockSize = 256;

    /// <summary>Reads the window, decides on all cores, and adds up in the order of the log: any number of cores gives one report.</summary>
    /// <param name="through">Decides all of them; null for each decision's own release.</param>
    /// <param name="name">What <paramref name="through"/> is called in the report.</param>
    /// <param name="money">The output whose change is priced; null where none is money.</param>
    public async Task<ReplayReport> RunAsync(
        ReplayQuery query,
        DecisionEngine? through,
        string name,
        string? money,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        var logQuery = query.ToLogQuery();
        var expected = progress is null ? 0 : await log.CountAsync(logQuery, cancellation).ConfigureAwait(false);
        var running = new Queue<Task<ReplayTally>>();
        var total = new ReplayTally(money);
        await foreach (var block in BlocksAsync(logQuery, cancellation).ConfigureAwait(false))
        {
            // As many blocks in hand as keep the cores busy: memory does not grow with the window.
            if (running.Count >= 2 * Environment.ProcessorCount)
                await AddAsync().ConfigureAwait(false);
            running.Enqueue(Task.Run(() => DecideAsync(block, through, money, cancellation), cancellation));
        }
        while (running.Count > 0)
            await AddAsync().ConfigureAwait(false);
        return total.Report(name);

        async Task AddAsync()
        {
            total.Add(await running.Dequeue().ConfigureAwait(false));
            progress?.Report(new("deciding again", total.Decisions / Math.Max(1.0, expected)));
        }
    }

    async IAsyncEnumerable<List<LogEntry>> BlocksAsync(LogQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var block = new List<LogEntry>(BlockSize);
        await foreach (var entry in log.ReadAsync(query, cancellation).ConfigureAwait(false))
        {
            block.Add(entry);
            if (block.Count < BlockSize)
                continue;
            yield return block;
            block = new(BlockSize);
        }
        if (block.Count > 0)
            yield return block;
    }

    async Task<ReplayTally> DecideAsync(
        List<LogEntry> block,
        DecisionEngine? through,
        string? money,
        CancellationToken cancellation
    )
    {
        var tally = new ReplayTally(money);
        foreach (var entry in block)
        {
            var logged = RecordJson.Decision(entry);
            if (logged.Purpose != Purpose.Live)
                continue;
            if (logged.Inputs.IsEmpty)
            {
                tally.AddErased();
                continue;
            }
            var engine = through ?? await releases(logged.Release, cancellation).ConfigureAwait(false);
            if (!engine.TryDecide(logged.Inputs.Span, out var answer, out var problems))
            {
                tally.AddRefused(problems);
                continue;
            }
            using (answer)
                tally.Add(logged, AnswerBytes.Of(answer));
        }
        return tally;
    }
}
