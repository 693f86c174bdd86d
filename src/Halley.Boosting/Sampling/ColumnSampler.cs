using Halley.Kernels;

namespace Halley.Boosting;

/// <summary>Draws the features of each round from seed and round alone.</summary>
sealed class ColumnSampler(int featureCount, double share, ulong seed)
{
    readonly int count = (int)Math.Clamp(Math.Ceiling(share * featureCount), 1, featureCount);

    internal int[] All { get; } = [.. Enumerable.Range(0, featureCount)];

    /// <summary>The features of a round, rising.</summary>
    internal int[] Draw(int round)
    {
        if (count == featureCount)
            return All;
        var features = All.ToArray();
        var draws = new double[featureCount];
        for (var feature = 0; feature < featureCount; feature++)
            draws[feature] = CounterRandom.Uniform(seed, SamplingStreams.Columns((ulong)round), (ulong)feature);
        Array.Sort(draws, features);
        var drawn = features[..count];
        Array.Sort(drawn);
        return drawn;
    }
}
