namespace Halley.Glm;

/// <summary>Long arrays of sums that passes use one after the other: one that is given back is taken again, unless memory was wanted for something else.</summary>
sealed class SumRooms
{
    /// <summary>Shorter arrays are made anew: 8 MB.</summary>
    const int LongLength = 1 << 20;

    readonly List<WeakReference<double[]>> free = [];

    /// <summary>An array of zeros.</summary>
    internal double[] Take(int length)
    {
        if (length < LongLength)
            return new double[length];
        lock (free)
        {
            free.RemoveAll(room => !room.TryGetTarget(out _));
            for (var i = 0; i < free.Count; i++)
            {
                if (!free[i].TryGetTarget(out var room) || room.Length != length)
                    continue;
                free.RemoveAt(i);
                Array.Clear(room);
                return room;
            }
        }
        return new double[length];
    }

    /// <summary>Gives back an array that nothing uses any more.</summary>
    internal void Return(double[] room)
    {
        if (room.Length < LongLength)
            return;
        lock (free)
            free.Add(new(room));
    }
}
