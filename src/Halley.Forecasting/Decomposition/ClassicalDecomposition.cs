namespace Halley.Forecasting;

/// <summary>Season by centred moving averages: the textbook decomposition.</summary>
static class ClassicalDecomposition
{
    /// <summary>The season of the first m steps, oldest first: sums to 0 additive, to m multiplicative.</summary>
    /// <param name="y">Shape (n), n ≥ 2m.</param>
    /// <param name="m">Length of the season, at least 2.</param>
    /// <param name="multiplicative">Ratios to the trend, not differences.</param>
    internal static double[] Figure(ReadOnlySpan<double> y, int m, bool multiplicative)
    {
        var trend = CentredAverage(y, m);
        var (figure, counts) = (new double[m], new int[m]);
        for (var t = 0; t < y.Length; t++)
        {
            if (double.IsNaN(trend[t]))
                continue;
            figure[t % m] += multiplicative ? y[t] / trend[t] : y[t] - trend[t];
            counts[t % m]++;
        }
        var mean = 0.0;
        for (var i = 0; i < m; i++)
        {
            figure[i] /= Math.Max(1, counts[i]);
            mean += figure[i] / m;
        }
        for (var i = 0; i < m; i++)
            figure[i] = multiplicative ? figure[i] / mean : figure[i] - mean;
        return figure;
    }

    /// <summary>Moving average over one season, 2×m for even m; NaN within half a season of the ends.</summary>
    internal static double[] CentredAverage(ReadOnlySpan<double> y, int m)
    {
        var average = new double[y.Length];
        Array.Fill(average, double.NaN);
        var half = m / 2;
        for (var t = half; t < y.Length - half; t++)
        {
            var sum = 0.0;
            for (var j = -half; j <= half; j++)
                sum += m % 2 == 0 && Math.Abs(j) == half ? 0.5 * y[t + j] : y[t + j];
            average[t] = sum / m;
        }
        return average;
    }
}
