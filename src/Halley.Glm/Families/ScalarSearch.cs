namespace Halley.Glm;

/// <summary>The maximum of a smooth function of one number.</summary>
static class ScalarSearch
{
    const int MaxSteps = 100;

    /// <summary>Golden sections with parabolas where they help. Source: Brent (1973), Algorithms for Minimization without Derivatives, ch. 5.</summary>
    /// <param name="tolerance">Accuracy of the place; the square root of rounding bounds what can be had.</param>
    internal static double Maximum(Func<double, double> function, double low, double high, double tolerance)
    {
        const double golden = 0.3819660112501051;
        var x = low + golden * (high - low);
        var (w, v, fx) = (x, x, function(x));
        var (fw, fv) = (fx, fx);
        var (move, before) = (0.0, 0.0);
        for (var step = 0; step < MaxSteps; step++)
        {
            var middle = 0.5 * (low + high);
            if (Math.Abs(x - middle) <= 2 * tolerance - 0.5 * (high - low))
                break;
            if (
                Math.Abs(before) > tolerance
                && Parabola(x, w, v, fx, fw, fv) is { } step1
                && IsUsable(step1, x, low, high, before)
            )
            {
                (before, move) = (move, step1);
            }
            else
            {
                before = x < middle ? high - x : low - x;
                move = golden * before;
            }
            var u = x + (Math.Abs(move) >= tolerance ? move : Math.CopySign(tolerance, move));
            var fu = function(u);
            if (fu >= fx)
            {
                (low, high) = u < x ? (low, x) : (x, high);
                (v, fv, w, fw, x, fx) = (w, fw, x, fx, u, fu);
                continue;
            }
            (low, high) = u < x ? (u, high) : (low, u);
            if (fu >= fw || w == x)
                (v, fv, w, fw) = (w, fw, u, fu);
            else if (fu >= fv || v == x || v == w)
                (v, fv) = (u, fu);
        }
        return x;
    }

    /// <summary>Step from x to the top of the parabola through the three points; null where there is none.</summary>
    static double? Parabola(double x, double w, double v, double fx, double fw, double fv)
    {
        var r = (x - w) * (fx - fv);
        var q = (x - v) * (fx - fw);
        var p = (x - v) * q - (x - w) * r;
        var divisor = 2 * (q - r);
        return divisor == 0 ? null : -p / divisor;
    }

    static bool IsUsable(double step, double x, double low, double high, double before) =>
        x + step > low && x + step < high && Math.Abs(step) < 0.5 * Math.Abs(before);
}
