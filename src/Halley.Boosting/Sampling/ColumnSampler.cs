namespace Halley.Boosting;

/// <summary>Draws the features of each round from seed and round alone.</summary>
sealed class ColumnSampler(BoostingOptions options, FeatureBins[] features)
{
    readonly FeatureDraw draw = new(options, features);

    internal int[] All { get; } = [.. Enumerable.Range(0, features.Length)];

    /// <summary>The features of a round, rising.</summary>
    internal int[] Draw(int round) => draw.Of(All, options.ColumnShare, SamplingStreams.Columns((ulong)round));
}
