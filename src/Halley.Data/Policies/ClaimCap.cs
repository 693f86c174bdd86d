using System.Globalization;

namespace Halley.Data;

/// <summary>Large claims: amounts counted up to a threshold, and their excess spread over all rows.</summary>
public static class ClaimCap
{
    /// <summary>Amounts counted up to <paramref name="threshold"/>; recoveries (negative amounts) stay.</summary>
    /// <param name="amounts">Shape (claims), finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not above 0.</exception>
    public static CappedAmounts Cap(ReadOnlySpan<double> amounts, double threshold)
    {
        if (!(threshold > 0))
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "a cap must be above 0.");
        var (capped, excess, count) = (amounts.ToArray(), new CompensatedSum(), 0);
        for (var claim = 0; claim < capped.Length; claim++)
        {
            if (capped[claim] <= threshold)
                continue;
            excess.Add(capped[claim] - threshold);
            capped[claim] = threshold;
            count++;
        }
        return new(capped, excess.Value, count);
    }

    /// <summary>Cost with its share of an excess, in proportion to a key: the total is kept within 1e-9 of it.</summary>
    /// <param name="cost">Shape (n).</param>
    /// <param name="key">Shape (n), at least 0 where it counts; a negative key, such as a recovery, gets no share.</param>
    /// <exception cref="HalleyException">HLY1317: there is an excess and the key is 0 everywhere.</exception>
    public static double[] Spread(ReadOnlySpan<double> cost, double excess, ReadOnlySpan<double> key)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, cost.Length, nameof(key));
        var spread = cost.ToArray();
        if (excess == 0)
            return spread;
        var (whole, total, largest) = (new CompensatedSum(), new CompensatedSum(), 0);
        for (var row = 0; row < spread.Length; row++)
        {
            whole.Add(Math.Max(0, key[row]));
            total.Add(cost[row]);
            if (key[row] > key[largest])
                largest = row;
        }
        if (!(whole.Value > 0))
            throw NothingToSpreadBy(excess);
        total.Add(excess);
        var rate = excess / whole.Value;
        for (var row = 0; row < spread.Length; row++)
            spread[row] += Math.Max(0, key[row]) * rate;
        // The rounding of a million shares adds up; the largest row takes it.
        spread[largest] += total.Value - CompensatedSum.Of(spread);
        return spread;
    }

    static HalleyException NothingToSpreadBy(double excess) =>
        new(
            "HLY1317",
            string.Create(
                CultureInfo.InvariantCulture,
                $"an excess of {excess} is to be spread, and the key is 0 in every row. Spread by another key, or raise the cap."
            )
        );
}
