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
    /// comes back as it was thrown. Cancellation is looked at before every item.
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
        readonly Lock _gate = new();
        int _next = -1;
        int _failedItem = int.MaxValue;
        ExceptionDispatchInfo? _failure;

        internal void Run(int workers)
        {
            // Waiting runs helpers that no pool thread took up, so nested use cannot starve.
            var helpers = new Task[workers - 1];
            for (var i = 0; i < helpers.Length; i++)
                helpers[i] = Task.Run(TakeItems, CancellationToken.None);
            TakeItems();
            Task.WaitAll(helpers, CancellationToken.None);
            _failure?.Throw();
            cancellation.ThrowIfCancellationRequested();
        }

        void TakeItems()
        {
            while (!cancellation.IsCancellationRequested && Volatile.Read(ref _failedItem) == int.MaxValue)
            {
                var item = Interlocked.Increment(ref _next);
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
            }
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
