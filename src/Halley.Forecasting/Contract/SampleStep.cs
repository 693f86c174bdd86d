namespace Halley.Forecasting;

/// <summary>A step known by samples.</summary>
/// <param name="Sorted">Shape (samples), ascending.</param>
public sealed record SampleStep(double[] Sorted) : IStepDistribution
{
    /// <remarks>Type 8 of Hyndman and Fan (1996), The American Statistician 50(4), 361–365: nearly median-unbiased.</remarks>
    public double Quantile(double p)
    {
        var position = (Sorted.Length + 1.0 / 3) * p + 1.0 / 3;
        var below = Math.Clamp((int)Math.Floor(position), 1, Sorted.Length);
        var above = Math.Min(below + 1, Sorted.Length);
        var share = Math.Clamp(position - below, 0, 1);
        return Sorted[below - 1] + share * (Sorted[above - 1] - Sorted[below - 1]);
    }

    /// <summary>Steps from sample paths of shape (samples)(horizon).</summary>
    internal static SampleStep[] FromPaths(double[][] paths, int horizon)
    {
        var steps = new SampleStep[horizon];
        for (var step = 0; step < horizon; step++)
        {
            var values = new double[paths.Length];
            for (var path = 0; path < paths.Length; path++)
                values[path] = paths[path][step];
            Array.Sort(values);
            steps[step] = new(values);
        }
        return steps;
    }
}
