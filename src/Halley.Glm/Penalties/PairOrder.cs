namespace Halley.Glm;

/// <summary>Orders of a factor's levels in which a penalty on all pairs is a penalty on steps.</summary>
/// <remarks>
/// While b₁ ≤ b₂ ≤ … ≤ b_L, the sum of |b_i − b_k| over all pairs is Σ i·(L − i)·(b_(i+1) − b_i). So the problem is solved within
/// one order at a time; where levels are equal at its optimum, another order of those may lead further down. Levels with one
/// value part if, for some k, moving the k of them whose slope is least upwards gains more than its k·(m − k) pairs cost.
/// </remarks>
static class PairOrder
{
    /// <summary>Coordinates in rising order of value; of equal ones those that want to rise most come last.</summary>
    /// <param name="slope">Of everything but the pairs, shape (p).</param>
    internal static int[] Of(PenaltyChain chain, double[] beta, double[] slope)
    {
        var baseSlope = BaseSlope(chain, slope);
        return
        [
            .. chain
                .Levels.OrderBy(place => place < 0 ? 0 : beta[place])
                .ThenByDescending(place => place < 0 ? baseSlope : slope[place]),
        ];
    }

    /// <summary>Whether no set of equal levels gains by parting.</summary>
    /// <param name="price">Of one unit of one pair's difference, the term's weight left out.</param>
    internal static bool IsBest(PenaltyChain chain, double[] beta, double[] slope, double price)
    {
        var order = Of(chain, beta, slope);
        var baseSlope = BaseSlope(chain, slope);
        price *= chain.Weight;
        var tolerance = 1e-9 * price * order.Length;
        for (var start = 0; start < order.Length; )
        {
            var end = start + 1;
            while (end < order.Length && Value(beta, order[end]) == Value(beta, order[start]))
                end++;
            // Those after `end` are above, those before `start` below: each pair pulls by its price.
            var gain = 0.0;
            for (var k = 1; k < end - start; k++)
            {
                var place = order[end - k];
                gain -= (place < 0 ? baseSlope : slope[place]) + price * (start - (order.Length - end));
                if (gain > price * k * (end - start - k) + tolerance)
                    return false;
            }
            start = end;
        }
        return true;
    }

    /// <summary>The constant is at its optimum, so the slopes of all levels add to zero.</summary>
    static double BaseSlope(PenaltyChain chain, double[] slope) =>
        -chain.Levels.Where(place => place >= 0).Sum(place => slope[place]);

    static double Value(double[] beta, int place) => place < 0 ? 0 : beta[place];
}
