using System.Runtime.Intrinsics;

namespace Halley.Boosting;

/// <summary>What a leaf is worth and which leaves are allowed.</summary>
sealed class SplitRules(BoostingOptions options)
{
    readonly double minimumRows = options.MinimumLeafRows;
    readonly double minimumHessian = options.MinimumLeafHessian;
    readonly double maximumStep = options.MaximumStep > 0 ? options.MaximumStep : double.PositiveInfinity;

    readonly double l1 = options.L1;
    readonly double smoothing = options.PathSmoothing;

    /// <summary>Whether a leaf's value leans on that of the leaf it was cut from.</summary>
    internal bool Smooths => smoothing > 0;

    internal double L2 { get; } = options.L2;

    internal double MinimumGain { get; } = options.MinimumGain;

    /// <summary>What a side must have at least, in the lanes of <see cref="GradientSums"/>.</summary>
    internal Vector256<double> Least { get; } =
        Vector256.Create(double.NegativeInfinity, options.MinimumLeafHessian, options.MinimumLeafRows, 0);

    /// <summary>Whether a leaf may take its Newton step whatever its length; with some curvature in every leaf.</summary>
    internal bool StepIsFree(ValueBounds bounds) =>
        double.IsPositiveInfinity(maximumStep) && l1 == 0 && !Smooths && bounds.IsOpen && (L2 > 0 || minimumHessian > 0);

    internal bool Allow(GradientSums sums) => sums.Rows >= minimumRows && sums.Hessian >= minimumHessian;

    /// <summary>The Newton step −S(G)/(H + λ) within bounds, S shrinking by α towards 0; 0 where there is no curvature.</summary>
    internal double Value(GradientSums sums, ValueBounds bounds, double l2) => Settle(Step(sums, l2), sums.Rows, bounds);

    double Step(GradientSums sums, double l2)
    {
        var curvature = sums.Hessian + l2;
        var gradient = l1 == 0 ? sums.Gradient : Math.CopySign(Math.Max(Math.Abs(sums.Gradient) - l1, 0), sums.Gradient);
        return curvature > 0 ? -gradient / curvature : 0;
    }

    /// <summary>The value of a root, which leans on no other.</summary>
    internal double RootValue(GradientSums sums) => Math.Clamp(Step(sums, L2), -maximumStep, maximumStep);

    /// <summary>A value within the longest step, drawn to that of the leaf it was cut from, and within bounds.</summary>
    /// <remarks>(n·v + s·prior)/(n + s) with n rows and smoothing s, as LightGBM's <c>path_smooth</c>.</remarks>
    internal double Settle(double value, double rows, ValueBounds bounds)
    {
        var step = Math.Clamp(value, -maximumStep, maximumStep);
        return bounds.Clip(Smooths ? (rows * step + smoothing * bounds.Prior) / (rows + smoothing) : step);
    }

    /// <summary>By how much the step lowers the deviance, to second order: −(2·G·v + (H + λ)·v² + 2·α·|v|), which is S(G)²/(H + λ) for a free step.</summary>
    /// <remarks>Chen and Guestrin (2016), KDD, 785–794, eq. 6, twice: in units of deviance, not of half deviance.</remarks>
    internal double Score(GradientSums sums, ValueBounds bounds, double l2) => ScoreAt(sums, Value(sums, bounds, l2), l2);

    /// <summary>The same for a value that is given.</summary>
    internal double ScoreAt(GradientSums sums, double value, double l2) =>
        -value * (2 * sums.Gradient + (sums.Hessian + l2) * value) - 2 * l1 * Math.Abs(value);
}
