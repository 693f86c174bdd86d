using Halley.Data;
using Halley.Decisions;
using Halley.Sources;

namespace Halley.Cli;

/// <summary>Decides a file that need not fit into memory: while one batch is decided, the next is read and the one before is written.</summary>
sealed class BatchRun(DecisionEngine engine, BatchOptions options)
{
    readonly Dictionary<DecisionFailure, int> failures = [];
    long rows;
    long refused;
    long fallbacks;

    /// <param name="source">Columns that are no input of the decision are not read.</param>
    /// <param name="whole">Reads the source at once: for its columns where it has no row.</param>
    /// <exception cref="HalleyException">HLY4004: a column is absent or of another kind; else as source and sink say.</exception>
    public async Task<BatchTally> DecideAsync(
        ITableBatches source,
        Func<Table> whole,
        TableSink sink,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation
    )
    {
        var definition = engine.Plan.Definition;
        string[] columns = [.. definition.Inputs.Fields.Select(field => field.Name).Where(source.Names.Contains)];
        using var batches = source.Read(columns, progress, cancellation).GetEnumerator();
        var (next, writing) = (Next(), Task.CompletedTask);
        try
        {
            while (await next is { } read)
            {
                next = Next();
                var decided = engine.Decide(RowIds.AddTo(read, definition, rows), options, cancellation);
                Count(decided);
                await writing;
                writing = Task.Run(() => sink.Add(decided.Answers), cancellation);
            }
        }
        finally
        {
            // Neither may outlive the enumerator and the sink, whatever went wrong.
            await Task.WhenAll(next, writing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await writing;
        if (rows == 0)
            sink.Add(engine.Decide(RowIds.AddTo(whole(), definition), options, cancellation).Answers);
        return new(
            rows,
            refused,
            fallbacks,
            [
                .. failures
                    .OrderByDescending(entry => entry.Value)
                    .ThenBy(entry => entry.Key.ToString(), StringComparer.Ordinal)
                    .Select(entry => (entry.Key, entry.Value)),
            ]
        );

        Task<Table?> Next() => Task.Run(() => batches.MoveNext() ? batches.Current : null, cancellation);
    }

    void Count(BatchResult decided)
    {
        rows += decided.Answers.RowCount;
        refused += decided.Refused;
        fallbacks += decided.Fallbacks;
        foreach (var (failure, count) in decided.Failures)
            failures[failure] = failures.GetValueOrDefault(failure) + count;
    }
}
