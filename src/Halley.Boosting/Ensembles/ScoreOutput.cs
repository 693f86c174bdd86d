using Halley.Kernels;

namespace Halley.Boosting;

/// <summary>From the sums of one row to its score.</summary>
static class ScoreOutput
{
    /// <param name="sums">Shape (outputs), not yet finished; overwritten.</param>
    internal static double Of(ScoreRule rule, Span<double> sums)
    {
        for (var output = 0; output < sums.Length; output++)
            sums[output] = rule.Finish(sums[output], output);
        var chosen = sums[rule.Output];
        return rule.Transform switch
        {
            ScoreTransform.ClassLogit => chosen - LogSumOfOthers(sums, rule.Output),
            ScoreTransform.SignedSquare => Math.Abs(chosen) * chosen,
            ScoreTransform.SoftPlus => Math.Max(chosen, 0) + VectorMath.LogOnePlus(VectorMath.Exp(-Math.Abs(chosen))),
            ScoreTransform.Step => chosen > 0 ? 1 : 0,
            ScoreTransform.LargestOutput => LargestOf(sums),
            _ => chosen,
        };
    }

    /// <summary>ln Σ e^s over all outputs but one: p/(1 − p) of a softmax is e^s over that sum.</summary>
    static double LogSumOfOthers(ReadOnlySpan<double> sums, int output)
    {
        var largest = double.NegativeInfinity;
        for (var other = 0; other < sums.Length; other++)
            largest = other == output ? largest : Math.Max(largest, sums[other]);
        var sum = 0.0;
        for (var other = 0; other < sums.Length; other++)
            sum += other == output ? 0 : VectorMath.Exp(sums[other] - largest);
        return largest + VectorMath.Log(sum);
    }

    static int LargestOf(ReadOnlySpan<double> sums)
    {
        var best = 0;
        for (var output = 1; output < sums.Length; output++)
            best = sums[output] > sums[best] ? output : best;
        return best;
    }
}
