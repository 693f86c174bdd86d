namespace Halley.Forecasting;

/// <summary>States that backcasting starts from.</summary>
static class CesStart
{
    const double PotentialShare = 1 / 1.1;
    const int FirstValues = 10;

    /// <summary>Shape (m + n + m)(4), the first m rows filled.</summary>
    internal static double[] States(CesSeason season, double[] y, int m)
    {
        var states = new double[(y.Length + 2 * m) * CesRecursion.Width];
        var count = season == CesSeason.None ? Math.Min(FirstValues, y.Length) : m;
        var mean = y.AsSpan(0, count).ToArray().Average();
        var figure = season is CesSeason.Partial or CesSeason.Full ? ClassicalDecomposition.Figure(y, m, false) : [];
        for (var row = 0; row < m; row++)
        {
            var at = row * CesRecursion.Width;
            states[at] = season == CesSeason.Simple ? y[row] : mean;
            states[at + 1] = states[at] * PotentialShare;
            if (figure.Length == 0)
                continue;
            states[at + 2] = figure[row];
            states[at + 3] = season == CesSeason.Full ? figure[row] * PotentialShare : 0;
        }
        return states;
    }
}
