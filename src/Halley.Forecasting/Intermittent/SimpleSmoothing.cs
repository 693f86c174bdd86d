namespace Halley.Forecasting;

/// <summary>Simple exponential smoothing that starts at the first value.</summary>
static class SimpleSmoothing
{
    internal const double LowestAlpha = 0.1;
    internal const double HighestAlpha = 0.3;

    /// <summary>The level after the last value.</summary>
    internal static double Last(ReadOnlySpan<double> x, double alpha)
    {
        var level = x[0];
        foreach (var value in x)
            level += alpha * (value - level);
        return level;
    }

    /// <summary>The level after the last value, smoothing of least squared one-step errors within 0.1 to 0.3.</summary>
    internal static double Optimised(double[] x) =>
        Last(x, LineSearch.Minimum(LowestAlpha, HighestAlpha, 8, alpha => Squares(x, alpha)));

    static double Squares(double[] x, double alpha)
    {
        var (level, squares) = (x[0], 0.0);
        foreach (var value in x)
        {
            squares += (value - level) * (value - level);
            level += alpha * (value - level);
        }
        return squares;
    }
}
