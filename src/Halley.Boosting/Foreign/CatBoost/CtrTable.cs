namespace Halley.Boosting;

/// <summary>Counts by key: sorted keys, and <paramref name="Stride"/> numbers for each.</summary>
/// <param name="Denominator">Of a counter: the largest count, or all rows.</param>
sealed record CtrTable(ulong[] Keys, double[] Values, int Stride, int Denominator)
{
    internal static CtrTable Of(ulong[] keys, double[] values, int stride, int denominator)
    {
        var order = Enumerable.Range(0, keys.Length).ToArray();
        var sorted = keys.ToArray();
        Array.Sort(sorted, order);
        var moved = new double[values.Length];
        for (var i = 0; i < order.Length; i++)
            values.AsSpan(order[i] * stride, stride).CopyTo(moved.AsSpan(i * stride, stride));
        return new(sorted, moved, stride, denominator);
    }

    /// <summary>The numbers of a key; empty where it is not known.</summary>
    internal ReadOnlySpan<double> Find(ulong key)
    {
        var at = Array.BinarySearch(Keys, key);
        return at < 0 ? default : Values.AsSpan(at * Stride, Stride);
    }
}
