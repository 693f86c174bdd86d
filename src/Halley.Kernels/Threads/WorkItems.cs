using System.Runtime.ExceptionServices;

namespace Halley.Kernels;

/// <summary>Runs numbered pieces of independent work on several threads.</summary>
public static class WorkItems
{
    /// <summary>The number of threads meant by an option: 0 or less stands for all processors.</summary>
    public static int ThreadCount(int threads) => threads > 0 ? threads : Environment.ProcessorCount;

    /// <summary>Calls <paramref name="work"/> once for each of 0 … count − 1, in any order, on up to <paramref name="threads"/> threads.</summary>
    /// <remarks>
    /// The caller's thread is one of them. After a failure no new item starts, and the exception of the lowest failed item
    /// comes back as it was thrown. Cancellation is looked at before every item. What is waited for in the end are items that
    /// another thread is in the middle of, not threads: one that the machine has paused between two items holds nobody up.
    /// </remarks>
    public static void For(int count, int threads, Action<int> work, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentNullException.ThrowIfNull(work);
        var workers = Math.Min(ThreadCount(threads), count);
        if (workers <= 1)
        {
            for (var item = 0; item < count; item++)
            {
                cancellation.ThrowIfCancellationRequested();
                work(item);
            }
            return;
        }
        new Crew(count, work, cancellation).Run(workers);
    }

    sealed class Crew(int count, Action<int> work, CancellationToken cancellation)
    {
        // Far above every count, and far from overflow.
        const int Closed = int.MaxValue / 2;

        readonly Lock _gate = new();
        readonly object _idle = new();
        int _next;
        int _finished;
        int _awaited = -1;
        int _failedItem = int.MaxValue;
        ExceptionDispatchInfo? _failure;

        internal void Run(int workers)
        {
            for (var helper = 1; helper < workers; helper++)
                ThreadPool.UnsafeQueueUserWorkItem(static crew => crew.TakeItems(), this, preferLocal: false);
            TakeItems();
            // Nobody takes an item from here on; those taken are awaited.
            var taken = Math.Min(Interlocked.Exchange(ref _next, Closed), count);
            Interlocked.Exchange(ref _awaited, taken);
            lock (_idle)
            {
                while (Volatile.Read(ref _finished) != taken)
                    Monitor.Wait(_idle);
            }
            _failure?.Throw();
            cancellation.ThrowIfCancellationRequested();
        }

        void TakeItems()
        {
            while (!cancellation.IsCancellationRequested && Volatile.Read(ref _failedItem) == int.MaxValue)
            {
                var item = Interlocked.Increment(ref _next) - 1;
                if (item >= count)
                    return;
                try
                {
                    work(item);
                }
                catch (Exception failure)
                {
                    Note(item, failure);
                }
                if (Interlocked.Increment(ref _finished) == Volatile.Read(ref _awaited))
                    Wake();
            }
        }

        void Wake()
        {
            lock (_idle)
                Monitor.Pulse(_idle);
        }

        void Note(int item, Exception failure)
        {
            lock (_gate)
            {
                if (item >= _failedItem)
                    return;
                _failure = ExceptionDispatchInfo.Capture(failure);
                Volatile.Write(ref _failedItem, item);
            }
        }
    }
}
