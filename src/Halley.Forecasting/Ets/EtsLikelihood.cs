using Halley.Kernels;

namespace Halley.Forecasting;

/// <summary>−2 log likelihood of a run of the recursion, without constants.</summary>
/// <remarks>
/// n·ln Σe² + 2Σ ln|f|, the second part only for multiplicative errors, where e = (y − f)/f. Source: Hyndman et al. (2008), eq. 5.3.
/// </remarks>
static class EtsLikelihood
{
    const double Floor = 1e-280;

    internal static double MinusTwoLog(bool multiplicative, ReadOnlySpan<double> y, EtsTrack track)
    {
        var (fitted, errors, squares) = (track.Fitted, track.Scratch, 0.0);
        for (var t = 0; t < y.Length; t++)
        {
            var e = multiplicative ? (y[t] - fitted[t]) / fitted[t] : y[t] - fitted[t];
            squares += e * e;
        }
        // A perfect fit is very likely, not infinitely: forms must stay comparable.
        var value = y.Length * VectorMath.Log(Math.Max(squares, Floor));
        if (!multiplicative)
            return value;
        for (var t = 0; t < y.Length; t++)
            errors[t] = Math.Abs(fitted[t]);
        VectorMath.Log(errors, errors);
        return value + 2 * Reduce.Sum(errors);
    }

    /// <summary>Fills <see cref="EtsTrack.FittedBar"/> with the derivative by each forecast.</summary>
    internal static void Derivatives(bool multiplicative, ReadOnlySpan<double> y, EtsTrack track)
    {
        var (fitted, bars, squares) = (track.Fitted, track.FittedBar, 0.0);
        for (var t = 0; t < y.Length; t++)
        {
            var f = fitted[t];
            var e = multiplicative ? (y[t] - f) / f : y[t] - f;
            squares += e * e;
            // ∂e/∂f is −1, or −y/f² = −(1 + e)/f.
            bars[t] = multiplicative ? -e * (1 + e) / f : -e;
        }
        var scale = 2 * y.Length / Math.Max(squares, Floor);
        for (var t = 0; t < y.Length; t++)
            bars[t] = scale * bars[t] + (multiplicative ? 2 / fitted[t] : 0);
    }
}
