using Halley.Kernels;
using Halley.Statistics;

namespace Halley.Forecasting;

/// <summary>Sample paths from the distributions of single steps.</summary>
static class WalkPaths
{
    /// <summary>Shape (count)(horizon); each path follows one standard normal walk through the steps' quantiles.</summary>
    internal static double[][] Sample(SeriesForecast forecast, int count, ulong seed)
    {
        var random = new DeterministicRandom(seed);
        var paths = new double[count][];
        for (var path = 0; path < count; path++)
        {
            paths[path] = new double[forecast.Horizon];
            var walk = 0.0;
            for (var h = 0; h < forecast.Horizon; h++)
            {
                walk += random.NextNormal();
                paths[path][h] = forecast.HasDistribution
                    ? forecast.Steps[h].Quantile(NormalDistribution.Cumulative(walk / Math.Sqrt(h + 1)))
                    : forecast.Mean[h];
            }
        }
        return paths;
    }
}
