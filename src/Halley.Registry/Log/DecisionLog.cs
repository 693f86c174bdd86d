using Halley.Data;

namespace Halley.Registry;

/// <summary>The durable, append-only record of every decision served, of every shadow's answer and of every outcome.</summary>
/// <remarks>
/// <para>
/// A call completes only after its record would survive a power cut. Calls that come together share one commit: one
/// thread takes all that wait, chains them, and commits once.
/// </para>
/// <para>
/// Each instance is a writer with a chain of its own. Any number of processes may append to one store at the same time:
/// SQLite lets them take turns, keys of retries and of outcomes are unique over all of them, and no chain depends on
/// another. Nobody ever continues the chain of a process that ended, so that a killed process leaves nothing to repair.
/// </para>
/// </remarks>
public sealed partial class DecisionLog : IAsyncDisposable
{
    /// <summary>Code of the error that means: nothing was logged, send the request again.</summary>
    public const string BusyCode = "HLY5401";

    /// <summary>Code of the error that means: the process is stopping, nothing was logged.</summary>
    public const string ClosedCode = "HLY5403";

    /// <summary>Code of the error that means: it is not known whether the record was logged; send the request again with its key.</summary>
    public const string InDoubtCode = PostgresFault.InDoubtCode;

    readonly ILogStore store;
    readonly ILogSession session;
    readonly AppendQueue<Pending> queue;
    readonly int capacity;
    readonly HeadKeeper heads;
    readonly TimeProvider time;
    readonly OrderedIds ids;
    readonly Task writing;
    readonly Lock closing = new();
    volatile ChainHead head;
    Task? closed;

    /// <summary>Work that waits for the writer: entries of one caller, which are committed together.</summary>
    sealed record Pending(IReadOnlyList<LogEntry> Entries)
    {
        internal TaskCompletionSource<IReadOnlyList<ClaimHolder?>> Done { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Begins a chain. Its first head is kept before anything is taken.</summary>
    /// <param name="store">Stays open; the caller disposes it after the log.</param>
    /// <exception cref="HalleyException">HLY5001 to HLY5006: log or head cannot be written.</exception>
    public DecisionLog(ILogStore store, IHeadStore headStore, SigningKey key, DecisionLogOptions options, TimeProvider time)
    {
        options.Check();
        (this.store, this.time, capacity, ids) = (store, time, options.QueueCapacity, new(time));
        var now = time.GetUtcNow();
        WriterId = Guid.CreateVersion7(now);
        queue = new(capacity);
        session = store.OpenSession(new(WriterId, now, Environment.MachineName, Environment.ProcessId));
        head = session.Head;
        try
        {
            heads = new(() => head, headStore, key, time, options.HeadInterval);
        }
        catch
        {
            session.Dispose();
            throw;
        }
        // A thread of its own: a flush blocks, and must neither wait for nor hold up the thread pool.
        writing = Task.Factory.StartNew(Write, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Names this process's chain.</summary>
    public Guid WriterId { get; }

    /// <summary>The last record of this chain that is durable.</summary>
    public ChainHead Head => head;

    /// <summary>Why the last head could not be kept outside the log; null where all is well.</summary>
    public HalleyException? HeadProblem => heads.Problem;

    /// <summary>An id for a new record: a UUID of version 7, greater than all that this instance gave before.</summary>
    public Guid NewId() => ids.Next();

    /// <summary>Appends a decision; completes once it is durable and may be answered.</summary>
    /// <returns>
    /// Under a key that was used before, the first decision with its id: as <see cref="AppendStatus.Repeated"/> for the
    /// same body, as <see cref="AppendStatus.Conflict"/> for another one. Nothing is logged then.
    /// </returns>
    /// <exception cref="HalleyException">
    /// <see cref="BusyCode"/>: too many wait, HLY5403: closing, HLY5002 to HLY5006: the store (all: nothing was logged,
    /// send again); HLY5402, HLY5404: the record.
    /// </exception>
    public async Task<AppendResult> AppendAsync(DecisionRecord record, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        Check(record);
        var holders = await EnqueueAsync([RecordJson.Entry(record)]).ConfigureAwait(false);
        return await ResultAsync(record, holders[0], cancellation).ConfigureAwait(false);
    }

    async Task<AppendResult> ResultAsync(DecisionRecord record, ClaimHolder? held, CancellationToken cancellation)
    {
        if (held is not { } holder)
            return new(AppendStatus.Appended, record);
        var first = await store.FindAsync(holder.Record, cancellation).ConfigureAwait(false);
        var status = holder.Content == record.RequestHash ? AppendStatus.Repeated : AppendStatus.Conflict;
        return new(status, RecordJson.Decision(first!));
    }

    /// <summary>Appends decisions that belong together, all in one commit; completes once they are durable and may be answered.</summary>
    /// <returns>As for one decision, in the same order. Decisions of one commit are taken all, or by their keys none.</returns>
    /// <exception cref="HalleyException">As for one decision.</exception>
    public async Task<IReadOnlyList<AppendResult>> AppendAsync(
        IReadOnlyList<DecisionRecord> records,
        CancellationToken cancellation = default
    )
    {
        cancellation.ThrowIfCancellationRequested();
        foreach (var record in records)
            Check(record);
        if (records.Count == 0)
            return [];
        var holders = await EnqueueAsync([.. records.Select(RecordJson.Entry)]).ConfigureAwait(false);
        var results = new AppendResult[records.Count];
        for (var i = 0; i < results.Length; i++)
            results[i] = await ResultAsync(records[i], holders[i], cancellation).ConfigureAwait(false);
        return results;
    }

    /// <summary>Appends a shadow's answer; completes once it is durable.</summary>
    /// <exception cref="HalleyException">As for a decision.</exception>
    public Task AppendAsync(ShadowRecord record, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        return EnqueueAsync([RecordJson.Entry(record)]);
    }

    /// <summary>Takes no more, writes what waits, keeps the last head and closes. Safe to call twice.</summary>
    /// <exception cref="HalleyException">HLY5001: the last head could not be kept; the records are durable all the same.</exception>
    public ValueTask DisposeAsync()
    {
        lock (closing)
            closed ??= CloseAsync();
        return new(closed);
    }

    async Task CloseAsync()
    {
        queue.Close();
        await writing.ConfigureAwait(false);
        try
        {
            heads.Dispose();
        }
        finally
        {
            session.Dispose();
        }
    }

    Task<IReadOnlyList<ClaimHolder?>> EnqueueAsync(IReadOnlyList<LogEntry> entries)
    {
        var pending = new Pending(entries);
        if (queue.TryAdd(pending))
            return pending.Done.Task;
        throw closed is null ? LogErrors.Busy(capacity) : LogErrors.Closed();
    }

    /// <summary>The writer: takes all that wait, commits once, tells every caller.</summary>
    void Write()
    {
        while (queue.TakeAll() is { } group)
        {
            try
            {
                var entries = new List<LogEntry>(group.Count);
                foreach (var pending in group)
                    entries.AddRange(pending.Entries);
                var holders = session.Append(entries);
                head = session.Head;
                var next = 0;
                foreach (var pending in group)
                {
                    var own = new ClaimHolder?[pending.Entries.Count];
                    for (var i = 0; i < own.Length; i++)
                        own[i] = holders[next++];
                    pending.Done.SetResult(own);
                }
            }
            catch (Exception fault)
            {
                // Every caller of the group hears it; the next group is a new attempt.
                foreach (var pending in group)
                    pending.Done.TrySetException(fault);
            }
        }
    }

    static void Check(DecisionRecord record)
    {
        if (record.UnitId.Length == 0)
            throw LogErrors.BadRecord("unit_id is empty");
        if (record.RequestKey is not null && record.RequestHash is null)
            throw LogErrors.BadRecord("it has a request key but no hash of the request");
        if (!(record.Probability is > 0 and <= 1))
            throw LogErrors.BadRecord($"the arm's probability is {record.Probability}; it must lie in (0, 1]");
        if (record.Arm == ReleaseRole.Shadow)
            throw LogErrors.BadRecord("a shadow's answer is not a decision that was served");
    }
}
