using Halley.Data;

namespace Halley.Registry;

/// <summary>Signs the head of a chain and keeps it outside the log: at the start, at intervals and at the end.</summary>
/// <remarks>
/// A head that cannot be kept (a full disk) is tried again at the next interval; decisions go on meanwhile, and the gap
/// shows in <see cref="Problem"/> and in the verifier's count of records beyond the last head.
/// </remarks>
sealed class HeadKeeper : IDisposable
{
    readonly Lock gate = new();
    readonly Func<ChainHead> head;
    readonly IHeadStore store;
    readonly SigningKey key;
    readonly TimeProvider time;
    readonly ITimer timer;
    long keptSeq = -1;

    internal HeadKeeper(Func<ChainHead> head, IHeadStore store, SigningKey key, TimeProvider time, TimeSpan interval)
    {
        (this.head, this.store, this.key, this.time) = (head, store, key, time);
        // A chain that was begun is known from the start: without this, one removed whole would not be missed.
        Keep();
        timer = time.CreateTimer(_ => TryKeep(), null, interval, interval);
    }

    /// <summary>Why the last head could not be kept; null where it was.</summary>
    internal HalleyException? Problem { get; private set; }

    public void Dispose()
    {
        timer.Dispose();
        Keep();
    }

    void TryKeep()
    {
        try
        {
            Keep();
        }
        catch (HalleyException problem)
        {
            Problem = problem;
        }
    }

    void Keep()
    {
        lock (gate)
        {
            var now = head();
            if (now.Seq == keptSeq)
                return;
            store.Keep(LogHead.Sign(now, time.GetUtcNow(), key));
            (keptSeq, Problem) = (now.Seq, null);
        }
    }
}
