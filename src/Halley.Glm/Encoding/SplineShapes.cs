namespace Halley.Glm;

/// <summary>Makes the shapes of splines over the values of a column.</summary>
static class SplineShapes
{
    const int Cubic = 3;

    /// <summary>R's <c>bs</c>: B-splines between the ends of the values, without the first.</summary>
    internal static SplineShape Polynomial(double[] inner, int degree, double low, double high)
    {
        var knots = Repeated(inner, degree, low, high);
        return new(knots, degree, SplineShape.IdentityMap(knots.Length - degree - 1, skip: 1), low, high, false);
    }

    /// <summary>R's <c>ns</c>: cubic B-splines without the first, in the space where both second derivatives at the ends vanish.</summary>
    internal static SplineShape Natural(double[] inner, double low, double high)
    {
        var knots = Repeated(inner, Cubic, low, high);
        var count = knots.Length - Cubic - 1;
        var all = new SplineShape(knots, Cubic, SplineShape.IdentityMap(count, skip: 1), low, high, true);
        // The directions of the reflections that bring the two conditions to the first axes: the coordinates that R has.
        var (directions, _) = NullSpace.Of([all.Values(low, 2), all.Values(high, 2)], count - 1);
        var map = new double[count * directions.Length];
        for (var j = 0; j < directions.Length; j++)
        {
            for (var piece = 1; piece < count; piece++)
                map[piece * directions.Length + j] = directions[j][piece - 1];
        }
        return all with { Map = map };
    }

    /// <summary>mgcv's <c>ps</c>: cubic B-splines on even knots a little beyond the values.</summary>
    internal static SplineShape Even(int size, double low, double high)
    {
        var margin = 0.001 * (high - low);
        var (from, to) = (low - margin, high + margin);
        var step = (to - from) / (size - Cubic);
        double[] knots = [.. Enumerable.Range(-Cubic, size + Cubic + 1).Select(i => from + i * step)];
        return new(knots, Cubic, SplineShape.IdentityMap(size), knots[Cubic], knots[size], true);
    }

    /// <summary>mgcv's <c>cr</c>: the natural cubic spline whose coefficients are its values at the knots.</summary>
    internal static SplineShape ByValues(double[] knots)
    {
        var natural = Natural(knots[1..^1], knots[0], knots[^1]);
        // B-splines that are natural: a constant and those of Natural. Solve for the combination with unit values at the knots.
        var (k, pieces) = (knots.Length, natural.PieceCount);
        var combination = new double[k * k];
        for (var row = 0; row < k; row++)
        {
            combination[row * k] = 1;
            natural.Values(knots[row], 0).CopyTo(combination.AsSpan(row * k + 1));
        }
        var inverse = SquareInverse.Of(combination, k);
        var map = new double[pieces * k];
        for (var piece = 0; piece < pieces; piece++)
        {
            for (var j = 0; j < k; j++)
            {
                // The constant is the sum of all B-splines.
                var sum = inverse[j];
                for (var c = 1; c < k; c++)
                    sum += natural.Map[piece * natural.Width + c - 1] * inverse[c * k + j];
                map[piece * k + j] = sum;
            }
        }
        return natural with { Map = map };
    }

    static double[] Repeated(double[] inner, int degree, double low, double high) =>
        [.. Enumerable.Repeat(low, degree + 1), .. inner, .. Enumerable.Repeat(high, degree + 1)];
}
