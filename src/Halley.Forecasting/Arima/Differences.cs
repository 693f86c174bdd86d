namespace Halley.Forecasting;

/// <summary>Differences of values at a lag.</summary>
static class Differences
{
    /// <summary>y_t − y_(t−lag), shape (n − lag).</summary>
    internal static double[] At(ReadOnlySpan<double> y, int lag)
    {
        var differences = new double[Math.Max(0, y.Length - lag)];
        for (var t = 0; t < differences.Length; t++)
            differences[t] = y[t + lag] - y[t];
        return differences;
    }

    /// <summary>All differences of an order: the seasonal ones, then those of neighbours.</summary>
    internal static double[] Of(double[] y, ArimaOrder order)
    {
        for (var i = 0; i < order.SeasonalD; i++)
            y = At(y, order.Season);
        for (var i = 0; i < order.D; i++)
            y = At(y, 1);
        return y;
    }

    internal static bool IsConstant(double[] y)
    {
        var first = Array.Find(y, value => !double.IsNaN(value));
        return Array.TrueForAll(y, value => double.IsNaN(value) || value == first);
    }
}
