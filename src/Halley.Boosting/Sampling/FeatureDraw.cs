using Halley.Kernels;

namespace Halley.Boosting;

/// <summary>Draws a share of some features, each with its own chance, from seed and stream alone.</summary>
sealed class FeatureDraw
{
    readonly ulong seed;

    /// <summary>Shape (features); empty where all are drawn alike.</summary>
    readonly double[] weights;

    internal FeatureDraw(BoostingOptions options, FeatureBins[] features)
    {
        seed = options.Seed;
        weights = options.DrawWeights.Count == 0 ? [] : [.. features.Select(feature => feature.WeightIn(options.DrawWeights))];
    }

    /// <summary>A share of the features, rounded up, at least one; rising.</summary>
    /// <param name="among">Rising.</param>
    internal int[] Of(int[] among, double share, ulong stream)
    {
        if (share >= 1 || among.Length <= 1)
            return among;
        var keys = Array.ConvertAll(among, feature => KeyOf(feature, stream));
        var drawn = (int[])among.Clone();
        Array.Sort(keys, drawn);
        drawn = drawn[..(int)Math.Clamp(Math.Ceiling(share * drawn.Length), 1, drawn.Length)];
        Array.Sort(drawn);
        return drawn;
    }

    /// <summary>The features of smallest keys are those of a draw one after the other, each with a chance in proportion to its weight.</summary>
    /// <remarks>Efraimidis and Spirakis (2006), Information Processing Letters 97(5), 181–185, with −ln u/w in place of u^(1/w).</remarks>
    double KeyOf(int feature, ulong stream) =>
        weights.Length == 0
            ? CounterRandom.Uniform(seed, stream, (ulong)feature)
            : CounterRandom.Exponential(seed, stream, (ulong)feature) / weights[feature];
}
