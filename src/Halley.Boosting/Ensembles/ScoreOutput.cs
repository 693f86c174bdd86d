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
            ScoreTransform.NonzeroShare => NonzeroShareOf(sums, rule.Output),
            ScoreTransform.InverseNormal => InverseNormalOf(chosen),
            _ => chosen,
        };
    }

    /// <summary>ln Σ e^s over all outputs but one: p/(1 − p) of a softmax is e^s over that sum.</summary>
    internal static double LogSumOfOthers(ReadOnlySpan<double> sums, int output)
    {
        var largest = double.NegativeInfinity;
        for (var other = 0; other < sums.Length; other++)
            largest = other == output ? largest : Math.Max(largest, sums[other]);
        var sum = 0.0;
        for (var other = 0; other < sums.Length; other++)
            sum += other == output ? 0 : VectorMath.Exp(sums[other] - largest);
        return largest + VectorMath.Log(sum);
    }

    /// <remarks>Source: ONNX Runtime's ComputeSoftmaxZero; within 1e-7 of 0 a score keeps its own size in place of its exponential.</remarks>
    static double NonzeroShareOf(ReadOnlySpan<double> sums, int output)
    {
        const double Zero = 1e-7f;
        var (largest, sum) = (sums[LargestOf(sums)], 0.0);
        foreach (var s in sums)
            sum += Math.Abs(s) > Zero ? VectorMath.Exp(s - largest) : 0;
        var own = sums[output];
        return (Math.Abs(own) > Zero ? VectorMath.Exp(own - largest) : own * VectorMath.Exp(-largest)) / sum;
    }

    /// <remarks>Source: Winitzki (2008), "A handy approximation for the error function and its inverse", with a = 0.147, as ONNX Runtime has it.</remarks>
    static double InverseNormalOf(double share)
    {
        const double A = 0.147;
        var x = 2 * share - 1;
        var log = VectorMath.Log((1 - x) * (1 + x));
        var half = 2 / (Math.PI * A) + 0.5 * log;
        return Math.Sqrt(2) * Math.CopySign(Math.Sqrt(-half + Math.Sqrt(half * half - log / A)), x);
    }

    static int LargestOf(ReadOnlySpan<double> sums)
    {
        var best = 0;
        for (var output = 1; output < sums.Length; output++)
            best = sums[output] > sums[best] ? output : best;
        return best;
    }
}
