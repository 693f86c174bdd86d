using Halley.Data;

namespace Halley.Boosting;

/// <summary>Finds the distinct values of a column that has few.</summary>
static class DistinctValues
{
    const int WholeNumbers = 4096;

    /// <summary>The distinct values, rising, NaN left out; null where there are more than <paramref name="limit"/>.</summary>
    internal static double[]? UpTo(int limit, Column column)
    {
        // Open addressing over the values themselves; NaN marks a free place.
        var table = new double[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)limit * 2 + 2)];
        Array.Fill(table, double.NaN);
        // Whole numbers that are not too large are most of what has few values.
        var whole = new bool[WholeNumbers];
        var count = 0;
        Span<double> values = stackalloc double[1024];
        for (var start = 0; start < column.RowCount; start += values.Length)
        {
            var part = values[..Math.Min(values.Length, column.RowCount - start)];
            column.CopySlots(start, part);
            foreach (var value in part)
            {
                if (double.IsNaN(value))
                    continue;
                if (value is >= 0 and < WholeNumbers && (int)value == value)
                {
                    ref var isKnown = ref whole[(int)value];
                    if (!isKnown && count++ == limit)
                        return null;
                    isKnown = true;
                    continue;
                }
                var place = PlaceOf(value, table);
                if (!double.IsNaN(table[place]))
                    continue;
                if (count++ == limit)
                    return null;
                table[place] = value;
            }
        }
        double[] distinct =
        [
            .. table.Where(value => !double.IsNaN(value)),
            .. Enumerable.Range(0, WholeNumbers).Where(number => whole[number]).Select(number => (double)number),
        ];
        Array.Sort(distinct);
        return distinct;
    }

    /// <summary>Where the value stands, or the free place where it would.</summary>
    static int PlaceOf(double value, double[] table)
    {
        // Adding 0 turns −0 into 0, which equals it but has other bits.
        var hash = (ulong)BitConverter.DoubleToInt64Bits(value + 0.0) * 0x9e3779b97f4a7c15;
        var place = (int)(hash >> 32) & (table.Length - 1);
        while (!double.IsNaN(table[place]) && table[place] != value)
            place = (place + 1) & (table.Length - 1);
        return place;
    }
}
