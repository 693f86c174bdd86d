using Halley.Kernels;

namespace Halley.Glm;

/// <summary>Distinct tuples of doubles, numbered in the order in which they are met. NaN equals NaN.</summary>
/// <param name="width">Numbers a tuple.</param>
sealed class GridKeys(int width)
{
    readonly List<double> values = [];
    int[] places = new int[1024];

    internal int Count { get; private set; }

    /// <summary>Number of a tuple, given to it now where it is new.</summary>
    internal int IndexOf(ReadOnlySpan<double> key)
    {
        if (Count * 2 >= places.Length)
            Grow();
        // A place holds a tuple's number plus one; 0 is free. Probing goes on to the next place.
        var place = PlaceOf(key);
        while (places[place] != 0)
        {
            if (Same(places[place] - 1, key))
                return places[place] - 1;
            place = (place + 1) & (places.Length - 1);
        }
        foreach (var value in key)
            values.Add(value);
        places[place] = ++Count;
        return Count - 1;
    }

    /// <summary>One number of every tuple, shape (<see cref="Count"/>).</summary>
    internal double[] Values(int k)
    {
        var column = new double[Count];
        for (var cell = 0; cell < column.Length; cell++)
            column[cell] = values[cell * width + k];
        return column;
    }

    bool Same(int cell, ReadOnlySpan<double> key)
    {
        for (var k = 0; k < key.Length; k++)
        {
            // Equals, not ==: a missing value is like another.
            if (!values[cell * width + k].Equals(key[k]))
                return false;
        }
        return true;
    }

    int PlaceOf(ReadOnlySpan<double> key)
    {
        var hash = 0UL;
        foreach (var value in key)
            hash = CounterRandom.Bits(hash, double.IsNaN(value) ? 1 : BitConverter.DoubleToUInt64Bits(value + 0.0), 0);
        return (int)(hash & (ulong)(places.Length - 1));
    }

    void Grow()
    {
        places = new int[places.Length * 2];
        var key = new double[width];
        for (var cell = 0; cell < Count; cell++)
        {
            for (var k = 0; k < width; k++)
                key[k] = values[cell * width + k];
            var place = PlaceOf(key);
            while (places[place] != 0)
                place = (place + 1) & (places.Length - 1);
            places[place] = cell + 1;
        }
    }
}
