namespace Halley.Glm;

/// <summary>Where knots go when none are given.</summary>
static class KnotPlaces
{
    /// <summary>Quantiles (R's type 7) at even shares strictly inside the range, each once.</summary>
    internal static double[] Quantiles(ValueCounts values, int count) =>
        [
            .. values
                .Quantiles(Enumerable.Range(1, Math.Max(count, 0)).Select(i => i / (count + 1.0)))
                .Where(knot => knot > values.Values[0] && knot < values.Values[^1])
                .Distinct(),
        ];

    /// <summary>Even shares of the distinct values, ends included, as mgcv places the knots of <c>cr</c>.</summary>
    /// <param name="distinct">Rising; more than <paramref name="count"/> − 1 of them.</param>
    internal static double[] OverDistinct(double[] distinct, int count)
    {
        var step = (distinct.Length - 1.0) / (count - 1);
        var knots = new double[count];
        for (var i = 1; i < count - 1; i++)
        {
            var below = (int)Math.Floor(step * i);
            var part = step * i - below;
            knots[i] = distinct[below] * (1 - part) + distinct[Math.Min(below + 1, distinct.Length - 1)] * part;
        }
        (knots[0], knots[^1]) = (distinct[0], distinct[^1]);
        return knots;
    }
}
