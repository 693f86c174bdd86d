using Halley.Kernels;

namespace Halley.Boosting;

/// <summary>The chance of each row to be drawn; a row that is drawn counts for 1/chance rows, so that sums keep their expected values.</summary>
readonly struct RowChances
{
    readonly double share;
    readonly double[]? gradient;
    readonly double[]? hessian;

    /// <summary>λ of the size √(g² + λ·h²).</summary>
    readonly double curvature;

    /// <summary>The size from which on a row is sure to be in.</summary>
    readonly double threshold;
    readonly bool isProportional;

    RowChances(double share, double[]? gradient, double[]? hessian, double curvature, double threshold, bool isProportional) =>
        (this.share, this.gradient, this.hessian, this.curvature, this.threshold, this.isProportional) = (
            share,
            gradient,
            hessian,
            curvature,
            threshold,
            isProportional
        );

    internal static RowChances Of(BoostingOptions options, BoostedPart part, int threads) =>
        options.RowSampling switch
        {
            RowSampling.LargeGradients => LargeGradients(options, part),
            RowSampling.MinimumVariance => MinimumVariance(options, part, threads),
            _ => new(options.RowShare, null, null, 0, 0, false),
        };

    internal double Of(int row)
    {
        if (gradient is null)
            return share;
        var size = SizeOf(row);
        return size >= threshold ? 1
            : isProportional ? size / threshold
            : share;
    }

    double SizeOf(int row)
    {
        var (g, h) = (gradient![row], hessian is null ? 0 : hessian[row]);
        return hessian is null ? Math.Abs(g) : Math.Sqrt(g * g + curvature * h * h);
    }

    /// <remarks>Ke et al. (2017), NIPS 30, 3146–3154, algorithm 2.</remarks>
    static RowChances LargeGradients(BoostingOptions options, BoostedPart part)
    {
        var (top, sizes) = (options.LargeGradientShare, Array.ConvertAll(part.Gradient!, Math.Abs));
        var count = (int)Math.Clamp(Math.Ceiling(top * sizes.Length), 1, sizes.Length);
        return new((options.RowShare - top) / (1 - top), part.Gradient, null, 0, Selection.Largest(sizes, count), false);
    }

    /// <summary>Chances min(1, s/μ) with sizes s = √(g² + λ·h²), μ such that they add up to the share of rows.</summary>
    /// <remarks>
    /// Ibragimov and Gusev (2019), NeurIPS 32, 15087–15097, algorithm 1. λ = (Σ|g| / Σh)², so that both terms weigh alike.
    /// </remarks>
    static RowChances MinimumVariance(BoostingOptions options, BoostedPart part, int threads)
    {
        var (g, h, count) = (part.Gradient!, part.Hessian!, part.Gradient!.Length);
        var gradients = RowBlocks.Sum(count, threads, block => Sum(block, row => Math.Abs(g[row])));
        var hessians = RowBlocks.Sum(count, threads, block => Sum(block, row => h[row]));
        var ratio = hessians > 0 ? gradients / hessians : 0;
        var (sizes, wanted) = (new RowChances(0, g, h, ratio * ratio, 0, true), options.RowShare * count);
        var threshold = double.PositiveInfinity;
        // Rows above the threshold are in for certain, and what is left of the share falls to the others: the threshold only falls.
        while (true)
        {
            var (sure, rest, at) = (0, 0.0, threshold);
            foreach (var block in RowBlocks.Map(count, threads, block => sizes.Below(at, block)))
                (sure, rest) = (sure + block.Sure, rest + block.Others);
            threshold = rest / Math.Max(wanted - sure, 1);
            if (threshold >= at * (1 - 1e-12) || threshold == 0)
                break;
        }
        return new(0, g, h, ratio * ratio, threshold, true);
    }

    (int Sure, double Others) Below(double at, RowBlock block)
    {
        var (sure, rest) = (0, 0.0);
        for (var row = block.Start; row < block.End; row++)
        {
            var size = SizeOf(row);
            (sure, rest) = size >= at ? (sure + 1, rest) : (sure, rest + size);
        }
        return (sure, rest);
    }

    static double Sum(RowBlock block, Func<int, double> term)
    {
        var sum = 0.0;
        for (var row = block.Start; row < block.End; row++)
            sum += term(row);
        return sum;
    }
}
