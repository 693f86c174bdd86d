using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Halley.Boosting;

/// <summary>The best cut so far where the Newton step is free.</summary>
/// <param name="Bin">Bins up to this one go left; −1: no cut yet.</param>
/// <param name="Score">G²/(H + λ) of both sides together.</param>
readonly record struct FreeCuts(int Bin, double Score, GradientSums Left)
{
    internal static FreeCuts None { get; } = new(-1, double.NegativeInfinity, default);

    /// <summary>The best of a run of cuts, eight at a time, or the one before; ties keep the lowest bin.</summary>
    /// <param name="start">Bin of the run's first cut.</param>
    /// <param name="gradient">Σ gradient left of each cut; shape (cuts).</param>
    /// <param name="hessian">Shape (at least cuts).</param>
    /// <param name="rows">Shape (at least cuts).</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static FreeCuts Best(
        FreeCuts before,
        int start,
        ReadOnlySpan<double> gradient,
        ReadOnlySpan<double> hessian,
        ReadOnlySpan<double> rows,
        GradientSums parent,
        SplitRules rules
    )
    {
        var (allGradient, allHessian, allRows) = (parent.Gradient, parent.Hessian, parent.Rows);
        var (leastHessian, leastRows) = (rules.Least.GetElement(1), rules.Least.GetElement(2));
        // A score is a fraction, G²/(H + λ) of both sides over a common denominator; fractions are compared without a division.
        var (above, below) = (Vector512.Create(-1.0), Vector512<double>.One);
        var (bins, i) = (Vector512.Create(-1.0), 0);
        var places = Vector512.Create(0.0, 1, 2, 3, 4, 5, 6, 7);
        for (; i <= gradient.Length - 8; i += 8)
        {
            var (g, h, n) = (Vector512.Create(gradient[i..]), Vector512.Create(hessian[i..]), Vector512.Create(rows[i..]));
            var (f, k, m) = (Vector512.Create(allGradient) - g, Vector512.Create(allHessian) - h, Vector512.Create(allRows) - n);
            var allowed =
                Vector512.GreaterThanOrEqual(h, Vector512.Create(leastHessian))
                & Vector512.GreaterThanOrEqual(k, Vector512.Create(leastHessian))
                & Vector512.GreaterThanOrEqual(n, Vector512.Create(leastRows))
                & Vector512.GreaterThanOrEqual(m, Vector512.Create(leastRows));
            (h, k) = (h + Vector512.Create(rules.L2), k + Vector512.Create(rules.L2));
            var (score, divisor) = (g * g * k + f * f * h, h * k);
            var better = allowed & Vector512.GreaterThan(score * below, above * divisor);
            above = Vector512.ConditionalSelect(better, score, above);
            below = Vector512.ConditionalSelect(better, divisor, below);
            bins = Vector512.ConditionalSelect(better, places + Vector512.Create((double)i), bins);
        }
        var (best, bestScore) = (-1, double.NegativeInfinity);
        for (var lane = 0; lane < 8; lane++)
        {
            var bin = (int)bins.GetElement(lane);
            if (bin < 0)
                continue;
            var score = above.GetElement(lane) / below.GetElement(lane);
            if (score > bestScore || (score == bestScore && bin < best))
                (best, bestScore) = (bin, score);
        }
        for (; i < gradient.Length; i++)
        {
            var (g, h, n) = (gradient[i], hessian[i], rows[i]);
            var (f, k, m) = (allGradient - g, allHessian - h, allRows - n);
            if (!(h >= leastHessian && k >= leastHessian && n >= leastRows && m >= leastRows))
                continue;
            (h, k) = (h + rules.L2, k + rules.L2);
            var score = (g * g * k + f * f * h) / (h * k);
            if (score > bestScore)
                (best, bestScore) = (i, score);
        }
        // Strictly greater, so ties and empty bins keep the lowest bin.
        return bestScore > before.Score
            ? new(start + best, bestScore, GradientSums.Of(gradient[best], hessian[best], rows[best]))
            : before;
    }
}
