namespace Halley.Forecasting;

/// <summary>Fills gaps in values.</summary>
static class Gaps
{
    /// <summary>Straight lines between the known neighbours; the nearest known value at the ends.</summary>
    internal static double[] Interpolate(double[] y)
    {
        var filled = (double[])y.Clone();
        var last = -1;
        for (var t = 0; t < y.Length; t++)
        {
            if (double.IsNaN(y[t]))
                continue;
            for (var gap = last + 1; gap < t; gap++)
                filled[gap] = last < 0 ? y[t] : y[last] + (y[t] - y[last]) * (gap - last) / (t - last);
            last = t;
        }
        for (var gap = last + 1; last >= 0 && gap < y.Length; gap++)
            filled[gap] = y[last];
        return filled;
    }
}
