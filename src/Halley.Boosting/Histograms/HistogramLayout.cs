namespace Halley.Boosting;

/// <summary>Where each feature's bins stand in a histogram, which is one array over all features.</summary>
sealed class HistogramLayout
{
    readonly int[] starts;

    internal HistogramLayout(FeatureBins[] features)
    {
        starts = new int[features.Length + 1];
        for (var feature = 0; feature < features.Length; feature++)
            starts[feature + 1] = starts[feature] + features[feature].BinCount;
    }

    /// <summary>Bins of all features together.</summary>
    internal int CellCount => starts[^1];

    /// <summary>One feature's part, shape (its BinCount).</summary>
    internal Span<GradientSums> Of(int feature, GradientSums[] histogram) =>
        histogram.AsSpan(starts[feature], starts[feature + 1] - starts[feature]);
}
