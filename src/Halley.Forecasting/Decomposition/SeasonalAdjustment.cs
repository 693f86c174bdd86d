namespace Halley.Forecasting;

/// <summary>Takes the season out of a series where a test finds one, and puts it back into forecasts.</summary>
/// <remarks>
/// Seasonal where |r_m| exceeds 1.645·√((1 + 2Σ_{k&lt;m} r_k²)/n), for m ≥ 4 and two whole seasons. Source: Assimakopoulos and
/// Nikolopoulos (2000), Int. J. Forecasting 16(4), 521–530, with Bartlett's standard error.
/// </remarks>
sealed class SeasonalAdjustment
{
    readonly double[] figure;
    readonly bool multiplicative;

    SeasonalAdjustment(double[] adjusted, double[] figure, bool multiplicative) =>
        (Adjusted, this.figure, this.multiplicative) = (adjusted, figure, multiplicative);

    /// <summary>Shape (n), without season.</summary>
    internal double[] Adjusted { get; }

    internal bool IsSeasonal => figure.Length > 0;

    /// <summary>A value of a step (from 0) with its season.</summary>
    internal double Restore(double value, int step) =>
        !IsSeasonal ? value
        : multiplicative ? value * figure[step % figure.Length]
        : value + figure[step % figure.Length];

    /// <summary>What a deviation of 1 becomes at a step.</summary>
    internal double Scale(int step) => IsSeasonal && multiplicative ? figure[step % figure.Length] : 1;

    internal static SeasonalAdjustment Of(double[] y, int m)
    {
        if (m < 4 || y.Length < 2 * m || !IsFound(y, m))
            return new(y, [], false);
        var multiplicative = Array.TrueForAll(y, value => value > 0);
        var figure = ClassicalDecomposition.Figure(y, m, multiplicative);
        if (multiplicative && figure.Min() < 0.01)
            (multiplicative, figure) = (false, ClassicalDecomposition.Figure(y, m, false));
        return new(
            [.. y.Select((value, t) => multiplicative ? value / figure[t % m] : value - figure[t % m])],
            figure,
            multiplicative
        );
    }

    static bool IsFound(double[] y, int m)
    {
        var (sum, found) = (1.0, 0.0);
        for (var lag = 1; lag <= m; lag++)
        {
            found = Autocorrelation(y, lag);
            if (lag < m)
                sum += 2 * found * found;
        }
        return Math.Abs(found) > 1.645 * Math.Sqrt(sum / y.Length);
    }

    static double Autocorrelation(double[] y, int lag)
    {
        var (mean, products, squares) = (y.Average(), 0.0, 0.0);
        for (var t = 0; t < y.Length; t++)
        {
            squares += (y[t] - mean) * (y[t] - mean);
            if (t >= lag)
                products += (y[t] - mean) * (y[t - lag] - mean);
        }
        return squares > 0 ? products / squares : 0;
    }
}
