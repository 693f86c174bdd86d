namespace Halley.Forecasting;

/// <summary>The recursion of complex exponential smoothing over its table of states.</summary>
/// <remarks>
/// Each step has a level, its information potential, and up to two states of the season. Source: Svetunkov, Kourentzes and Ord
/// (2022), Naval Research Logistics 69(8), 1108–1123.
/// <code>row t = [ level | potential | season | potential of the season ],  rows −m … −1 first</code>
/// </remarks>
sealed class CesRecursion(CesSeason season, int m, CesParameters by)
{
    internal const int Width = 4;

    /// <summary>Steps back to the level and to the season.</summary>
    readonly int back = season == CesSeason.Simple ? m : 1;

    bool HasSeason => season is CesSeason.Partial or CesSeason.Full;

    /// <summary>The forecast of the row after <paramref name="row"/> − 1.</summary>
    internal double Forecast(double[] states, int row)
    {
        var level = states[(row - back) * Width];
        return HasSeason ? level + states[(row - m) * Width + 2] : level;
    }

    /// <summary>Fills a row from its error.</summary>
    internal void Update(double[] states, int row, double error)
    {
        var (at, from, old) = (row * Width, (row - back) * Width, (row - m) * Width);
        var (level, potential) = (states[from], states[from + 1]);
        states[at] = level - (1 - by.Alpha1) * potential + (by.Alpha0 - by.Alpha1) * error;
        states[at + 1] = level + (1 - by.Alpha0) * potential + (by.Alpha0 + by.Alpha1) * error;
        if (season == CesSeason.Partial)
            states[at + 2] = states[old + 2] + by.Beta0 * error;
        if (season != CesSeason.Full)
            return;
        var (s, p) = (states[old + 2], states[old + 3]);
        states[at + 2] = s - (1 - by.Beta1) * p + (by.Beta0 - by.Beta1) * error;
        states[at + 3] = s + (1 - by.Beta0) * p + (by.Beta0 + by.Beta1) * error;
    }

    /// <summary>Runs over values, then m steps more without errors; returns Σe².</summary>
    /// <param name="states">Shape (m + n + m)(<see cref="Width"/>), the first m rows given.</param>
    internal double Run(double[] y, double[] states, bool backwards, double[] fitted)
    {
        var (n, squares) = (y.Length, 0.0);
        for (var t = 0; t < n; t++)
        {
            var value = backwards ? y[n - 1 - t] : y[t];
            var forecast = Forecast(states, t + m);
            fitted[t] = forecast;
            squares += (value - forecast) * (value - forecast);
            Update(states, t + m, value - forecast);
        }
        for (var t = 0; t < m; t++)
            Update(states, n + m + t, 0);
        return squares;
    }

    /// <summary>Rows in opposite order.</summary>
    internal static void Reverse(double[] states)
    {
        for (int i = 0, j = states.Length - Width; i < j; i += Width, j -= Width)
        for (var k = 0; k < Width; k++)
            (states[i + k], states[j + k]) = (states[j + k], states[i + k]);
    }
}
