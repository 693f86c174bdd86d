namespace Halley.Forecasting;

/// <summary>Minimises ½bᵀHb − cᵀb over b ≥ 0.</summary>
/// <remarks>Active sets: Lawson and Hanson (1974), Solving Least Squares Problems, ch. 23, on the normal equations.</remarks>
static class NonNegativeLeastSquares
{
    internal static double[] Solve(double[,] h, double[] c)
    {
        var size = c.Length;
        var (b, free) = (new double[size], new bool[size]);
        var scale = c.Max(Math.Abs);
        for (var round = 0; round < 10 * size + 10; round++)
        {
            // 1. Free the bound variable that would lower the sum fastest.
            var (enters, steepest) = (-1, 1e-12 * scale);
            for (var i = 0; i < size; i++)
            {
                if (free[i])
                    continue;
                var slope = c[i];
                for (var j = 0; j < size; j++)
                    slope -= h[i, j] * b[j];
                if (slope > steepest)
                    (enters, steepest) = (i, slope);
            }
            if (enters < 0)
                break;
            free[enters] = true;
            // 2. Step to the optimum over the free ones; bind again those that turn negative on the way.
            for (var inner = 0; inner < size; inner++)
            {
                var target = Unbounded(h, c, free);
                var step = 1.0;
                for (var i = 0; i < size; i++)
                    if (free[i] && target[i] <= 0)
                        step = Math.Min(step, b[i] / (b[i] - target[i]));
                for (var i = 0; i < size; i++)
                    b[i] += step * (target[i] - b[i]);
                if (step == 1)
                    break;
                for (var i = 0; i < size; i++)
                    if (free[i] && b[i] <= 1e-12 * Math.Abs(target[i]))
                        (b[i], free[i]) = (0, false);
            }
        }
        return b;
    }

    static double[] Unbounded(double[,] h, double[] c, bool[] free)
    {
        var places = Enumerable.Range(0, c.Length).Where(i => free[i]).ToArray();
        var (part, right) = (new double[places.Length, places.Length], new double[places.Length]);
        for (var i = 0; i < places.Length; i++)
        {
            right[i] = c[places[i]];
            for (var j = 0; j < places.Length; j++)
                part[i, j] = h[places[i], places[j]];
        }
        var (full, solved) = (new double[c.Length], SmallCholesky.Of(part)!.Solve(right));
        for (var i = 0; i < places.Length; i++)
            full[places[i]] = solved[i];
        return full;
    }
}
