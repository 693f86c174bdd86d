namespace Halley.Forecasting;

/// <summary>Local regression over equally spaced points with tricube weights.</summary>
/// <remarks>Source: Cleveland, Cleveland, McRae and Terpenning (1990), J. Official Statistics 6(1), 3–73.</remarks>
readonly struct Loess(int window, int degree, int jump)
{
    internal int Length => window;

    /// <summary>Smooths y at every point; between every <c>jump</c>th it goes straight.</summary>
    /// <param name="robustness">Shape of <paramref name="y"/>, or empty for ones.</param>
    /// <param name="work">Shape of <paramref name="y"/>.</param>
    internal void Smooth(ReadOnlySpan<double> y, ReadOnlySpan<double> robustness, Span<double> result, Span<double> work)
    {
        var n = y.Length;
        if (n < 2)
        {
            y.CopyTo(result);
            return;
        }
        var every = Math.Min(jump, n - 1);
        var (left, right) = (0, 0);
        for (var i = 0; i < n; i += every)
        {
            (left, right) = Window(i, n);
            result[i] = TryAt(y, robustness, i, left, right, work, out var value) ? value : y[i];
        }
        if (every == 1)
            return;
        var last = (n - 1) / every * every;
        for (var i = 0; i < last; i += every)
            Join(result, i, i + every);
        if (last == n - 1)
            return;
        // The last point keeps the window of the last whole jump.
        result[n - 1] = TryAt(y, robustness, n - 1, left, right, work, out var end) ? end : y[n - 1];
        Join(result, last, n - 1);
    }

    /// <summary>One smoothed value, at a point that may lie a step outside.</summary>
    internal bool TryAt(
        ReadOnlySpan<double> y,
        ReadOnlySpan<double> robustness,
        double at,
        int left,
        int right,
        Span<double> weight,
        out double value
    )
    {
        var n = y.Length;
        var width = Math.Max(at - left, right - at);
        if (window > n)
            width += (window - n) / 2;
        var (far, near, total) = (0.999 * width, 0.001 * width, 0.0);
        for (var j = left; j <= right; j++)
        {
            var distance = Math.Abs(j - at);
            weight[j] = 0;
            if (distance > far)
                continue;
            weight[j] = distance <= near ? 1 : Tricube(distance / width);
            if (!robustness.IsEmpty)
                weight[j] *= robustness[j];
            total += weight[j];
        }
        value = 0;
        if (!(total > 0))
            return false;
        for (var j = left; j <= right; j++)
            weight[j] /= total;
        if (width > 0 && degree > 0)
            Tilt(weight, at, left, right, n - 1);
        for (var j = left; j <= right; j++)
            value += weight[j] * y[j];
        return true;
    }

    (int Left, int Right) Window(int i, int n)
    {
        if (window >= n)
            return (0, n - 1);
        var half = (window + 1) / 2;
        var left = Math.Clamp(i + 1 - half, 0, n - window);
        return (left, left + window - 1);
    }

    /// <summary>Weights of a local line from those of a local mean.</summary>
    static void Tilt(Span<double> weight, double at, int left, int right, double range)
    {
        var (centre, spread) = (0.0, 0.0);
        for (var j = left; j <= right; j++)
            centre += weight[j] * j;
        for (var j = left; j <= right; j++)
            spread += weight[j] * (j - centre) * (j - centre);
        if (!(Math.Sqrt(spread) > 0.001 * range))
            return;
        var slope = (at - centre) / spread;
        for (var j = left; j <= right; j++)
            weight[j] *= slope * (j - centre) + 1;
    }

    static void Join(Span<double> result, int from, int to)
    {
        var slope = (result[to] - result[from]) / (to - from);
        for (var j = from + 1; j < to; j++)
            result[j] = result[from] + slope * (j - from);
    }

    static double Tricube(double x)
    {
        var rest = 1 - x * x * x;
        return rest * rest * rest;
    }
}
