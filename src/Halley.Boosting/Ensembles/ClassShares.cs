using Halley.Kernels;

namespace Halley.Boosting;

/// <summary>Probabilities of classes from their scores.</summary>
public static class ClassShares
{
    /// <summary>From scores to e^s / Σ e^s, in place; they add up to 1 but for rounding. A missing score makes all missing.</summary>
    public static void Fill(Span<double> scores)
    {
        var largest = double.NegativeInfinity;
        foreach (var score in scores)
            largest = Math.Max(largest, score);
        var sum = 0.0;
        foreach (ref var score in scores)
        {
            score = VectorMath.Exp(score - largest);
            sum += score;
        }
        foreach (ref var score in scores)
            score /= sum;
    }

    /// <summary>ln Σ e^s.</summary>
    internal static double LogSum(ReadOnlySpan<double> scores)
    {
        var (largest, sum) = (double.NegativeInfinity, 0.0);
        foreach (var score in scores)
            largest = Math.Max(largest, score);
        foreach (var score in scores)
            sum += VectorMath.Exp(score - largest);
        return largest + VectorMath.Log(sum);
    }
}
