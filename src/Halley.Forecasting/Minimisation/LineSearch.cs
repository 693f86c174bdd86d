namespace Halley.Forecasting;

/// <summary>Minimises a function of one variable between bounds.</summary>
static class LineSearch
{
    const double Golden = 0.6180339887498949;

    /// <summary>Looks at <paramref name="points"/> + 1 places, then narrows about the best by golden sections.</summary>
    internal static double Minimum(double lower, double upper, int points, Func<double, double> function)
    {
        var step = (upper - lower) / points;
        var (best, lowest) = (lower, double.PositiveInfinity);
        for (var i = 0; i <= points; i++)
        {
            var x = i == points ? upper : lower + i * step;
            var value = function(x);
            if (value < lowest)
                (best, lowest) = (x, value);
        }
        var (a, b) = (Math.Max(lower, best - step), Math.Min(upper, best + step));
        var (c, d) = (b - Golden * (b - a), a + Golden * (b - a));
        var (atC, atD) = (function(c), function(d));
        while (b - a > 1e-9 * (upper - lower))
        {
            if (atC < atD)
            {
                (b, d, atD) = (d, c, atC);
                c = b - Golden * (b - a);
                atC = function(c);
            }
            else
            {
                (a, c, atC) = (c, d, atD);
                d = a + Golden * (b - a);
                atD = function(d);
            }
        }
        var middle = 0.5 * (a + b);
        return function(middle) < lowest ? middle : best;
    }
}
