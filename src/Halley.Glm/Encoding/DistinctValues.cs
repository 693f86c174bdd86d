using System.Runtime.CompilerServices;

namespace Halley.Glm;

/// <summary>A set of doubles that numbers what it holds: small whole numbers by a table, others by their bits.</summary>
/// <remarks>−0 is 0. NaN is not held.</remarks>
sealed class DistinctValues
{
    /// <summary>Whole numbers from 0 to this, and not it, have a place of their own.</summary>
    const int SmallLimit = 4096;

    const ulong Multiplier = 0x9E3779B97F4A7C15;

    readonly int limit;
    readonly int[] small = new int[SmallLimit];
    double[] keys = new double[64];
    int[] places = new int[64];
    int shift = 58;
    int others;

    /// <param name="limit">More values than this are not taken.</param>
    internal DistinctValues(int limit) => this.limit = limit;

    /// <summary>Holds the values at their own places; all different, no NaN.</summary>
    internal DistinctValues(double[] values)
        : this(values.Length)
    {
        foreach (var value in values)
            TryAdd(value);
    }

    internal int Count { get; private set; }

    /// <summary>Takes the values that are not NaN. False where there are too many.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal bool TryAddAll(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            if (!double.IsNaN(value) && PlaceOf(value) < 0 && !TryAdd(value))
                return false;
        }
        return true;
    }

    /// <summary>codes[i] = place of values[i]; <see cref="Count"/> where it is NaN. All values must be held. Shapes (n).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Code(ReadOnlySpan<double> values, Span<ushort> codes)
    {
        codes = codes[..values.Length];
        for (var i = 0; i < codes.Length; i++)
            codes[i] = (ushort)(double.IsNaN(values[i]) ? Count : PlaceOf(values[i]));
    }

    /// <summary>The values, rising.</summary>
    internal double[] Rising()
    {
        var values = new double[Count];
        var next = 0;
        for (var whole = 0; whole < SmallLimit; whole++)
        {
            if (small[whole] != 0)
                values[next++] = whole;
        }
        for (var slot = 0; slot < keys.Length; slot++)
        {
            if (places[slot] != 0)
                values[next++] = keys[slot];
        }
        Array.Sort(values);
        return values;
    }

    /// <summary>Place of a value; −1 where it is not held.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    int PlaceOf(double value)
    {
        var whole = (int)value;
        if (whole == value && (uint)whole < SmallLimit)
            return small[whole] - 1;
        var slot = SlotOf(value);
        while (places[slot] != 0 && keys[slot] != value)
            slot = (slot + 1) & (keys.Length - 1);
        return places[slot] - 1;
    }

    int SlotOf(double value) => (int)((BitConverter.DoubleToUInt64Bits(value) * Multiplier) >> shift);

    bool TryAdd(double value)
    {
        if (Count == limit)
            return false;
        Count++;
        var whole = (int)value;
        if (whole == value && (uint)whole < SmallLimit)
            small[whole] = Count;
        else
            AddOther(value, Count);
        return true;
    }

    void AddOther(double value, int place)
    {
        if (2 * ++others > keys.Length)
            Grow();
        var slot = SlotOf(value);
        while (places[slot] != 0)
            slot = (slot + 1) & (keys.Length - 1);
        (keys[slot], places[slot]) = (value, place);
    }

    void Grow()
    {
        var (oldKeys, oldPlaces) = (keys, places);
        (keys, places) = (new double[2 * oldKeys.Length], new int[2 * oldKeys.Length]);
        (shift, others) = (shift - 1, 1);
        for (var slot = 0; slot < oldKeys.Length; slot++)
        {
            if (oldPlaces[slot] != 0)
                AddOther(oldKeys[slot], oldPlaces[slot]);
        }
    }
}
