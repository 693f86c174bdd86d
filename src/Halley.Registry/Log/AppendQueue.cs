namespace Halley.Registry;

/// <summary>Where callers leave work for the one thread that writes. Bounded: a caller that finds it full is told at once.</summary>
/// <remarks>
/// The writer takes everything that waits in one go. While it flushes to the disk the next group gathers by itself, so
/// that groups grow with the load and a lone caller never waits for company.
/// </remarks>
sealed class AppendQueue<T>(int capacity)
{
    readonly object gate = new();
    List<T> waiting = [];
    bool isClosed;

    /// <summary>Leaves an item; false where the queue is full or closed.</summary>
    internal bool TryAdd(T item)
    {
        lock (gate)
        {
            if (isClosed || waiting.Count >= capacity)
                return false;
            waiting.Add(item);
            if (waiting.Count == 1)
                Monitor.Pulse(gate);
            return true;
        }
    }

    /// <summary>Waits for items and takes all of them; null once the queue is closed and empty.</summary>
    internal List<T>? TakeAll()
    {
        lock (gate)
        {
            while (waiting.Count == 0 && !isClosed)
                Monitor.Wait(gate);
            if (waiting.Count == 0)
                return null;
            var taken = waiting;
            waiting = [];
            return taken;
        }
    }

    /// <summary>Takes no more items; those that wait are still handed out.</summary>
    internal void Close()
    {
        lock (gate)
        {
            isClosed = true;
            Monitor.PulseAll(gate);
        }
    }
}
