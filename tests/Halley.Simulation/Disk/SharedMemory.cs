using System.Runtime.InteropServices;

namespace Halley.Simulation;

/// <summary>The memory that the users of a write-ahead log share, with its eight locks.</summary>
sealed unsafe class SharedMemory
{
    const int Slots = 8;

    readonly List<nint> regions = [];
    readonly List<nint> left = [];
    readonly HashSet<long> users = [];
    readonly long[] exclusive = new long[Slots];
    readonly HashSet<long>[] shared = [.. Enumerable.Range(0, Slots).Select(_ => new HashSet<long>())];

    internal void* Map(long handle, int region, int size, bool extend)
    {
        users.Add(handle);
        while (extend && regions.Count <= region)
            regions.Add((nint)NativeMemory.AllocZeroed((nuint)size));
        return region < regions.Count ? (void*)regions[region] : null;
    }

    /// <summary>Takes locks, all or none; false where another has one of them.</summary>
    internal bool TryLock(long handle, int first, int count, bool isExclusive)
    {
        for (var slot = first; slot < first + count; slot++)
        {
            if (exclusive[slot] != 0 && exclusive[slot] != handle)
                return false;
            if (isExclusive && shared[slot].Any(holder => holder != handle))
                return false;
        }
        for (var slot = first; slot < first + count; slot++)
        {
            if (isExclusive)
                exclusive[slot] = handle;
            else
                shared[slot].Add(handle);
        }
        return true;
    }

    internal void Unlock(long handle, int first, int count)
    {
        for (var slot = first; slot < first + count; slot++)
        {
            if (exclusive[slot] == handle)
                exclusive[slot] = 0;
            shared[slot].Remove(handle);
        }
    }

    /// <summary>A user leaves, in order or not; with the last one the memory goes.</summary>
    internal void Leave(long handle)
    {
        Unlock(handle, 0, Slots);
        if (users.Remove(handle) && users.Count == 0)
            Clear();
    }

    /// <summary>Forgets all. A dead process may still look at its memory while it is taken down, so that it is freed later.</summary>
    internal void Clear()
    {
        left.AddRange(regions);
        regions.Clear();
        users.Clear();
        Array.Clear(exclusive);
        foreach (var slot in shared)
            slot.Clear();
    }

    internal void Free()
    {
        Clear();
        foreach (var region in left)
            NativeMemory.Free((void*)region);
        left.Clear();
    }
}
