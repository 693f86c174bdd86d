namespace Halley.Glm;

/// <summary>Distinct values of a column with how many rows have each: all that knots, bins and ranges rest on.</summary>
/// <param name="Values">Rising; missing values are not among them.</param>
/// <param name="Counts">Rows, shape (values).</param>
sealed record ValueCounts(double[] Values, long[] Counts)
{
    /// <summary>With rows without a value counted to a value.</summary>
    internal ValueCounts With(double value, long count)
    {
        if (count == 0)
            return this;
        var place = Array.BinarySearch(Values, value);
        if (place >= 0)
        {
            var counts = (long[])Counts.Clone();
            counts[place] += count;
            return this with { Counts = counts };
        }
        place = ~place;
        return new(
            [.. Values.AsSpan(0, place), value, .. Values.AsSpan(place)],
            [.. Counts.AsSpan(0, place), count, .. Counts.AsSpan(place)]
        );
    }

    /// <summary>Quantiles (R's type 7) at given shares of the rows.</summary>
    internal double[] Quantiles(IEnumerable<double> shares)
    {
        var ends = new long[Counts.Length];
        var total = 0L;
        for (var i = 0; i < ends.Length; i++)
            ends[i] = total += Counts[i];
        double Sorted(long rank)
        {
            var place = Array.BinarySearch(ends, rank + 1);
            return Values[place >= 0 ? place : ~place];
        }
        double At(double share)
        {
            var place = share * (total - 1);
            var below = (long)Math.Floor(place);
            var low = Sorted(below);
            return low + (place - below) * (Sorted(Math.Min(below + 1, total - 1)) - low);
        }
        return [.. shares.Select(At)];
    }
}
