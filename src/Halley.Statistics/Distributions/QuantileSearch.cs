using Halley.Kernels;

namespace Halley.Statistics;

/// <summary>Finds where a distribution on the whole line has a given tail, by Newton's method on the logarithm of the tail.</summary>
static class QuantileSearch
{
    /// <summary>Both tails and the density at a point.</summary>
    internal delegate (double Lower, double Upper, double Density) Distribution(double s);

    /// <summary>s in [lowest, highest] whose tails are <paramref name="lower"/> and <paramref name="upper"/> = 1 − lower.</summary>
    /// <remarks>
    /// The smaller tail is matched. Its logarithm is nearly straight far out, so Newton's steps fit; a step that leaves the
    /// bracket is replaced by a bisection.
    /// </remarks>
    internal static double Find(double lower, double upper, double lowest, double highest, double start, Distribution at)
    {
        if (!(lower >= 0 && upper >= 0))
            return double.NaN;
        if (lower == 0 || upper == 0)
            return lower == 0 ? lowest : highest;
        var byLower = lower <= upper;
        var target = VectorMath.Log(byLower ? lower : upper);
        var s = Math.Clamp(start, lowest, highest);
        while (true)
        {
            var point = at(s);
            var tail = byLower ? point.Lower : point.Upper;
            var error = VectorMath.Log(tail) - target;
            if (error > 0 == byLower)
                highest = s;
            else
                lowest = s;
            var step = -error * tail / (byLower ? point.Density : -point.Density);
            // Newton's error is squared each time: after a step this small the next one is below rounding.
            if (Math.Abs(step) <= 1e-9)
                return s + step;
            var next = s + step;
            if (!(next > lowest && next < highest))
                next = 0.5 * (lowest + highest);
            if (next == s || next == lowest || next == highest)
                return next;
            s = next;
        }
    }
}
