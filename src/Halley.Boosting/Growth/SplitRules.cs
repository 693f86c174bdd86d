using System.Runtime.Intrinsics;

namespace Halley.Boosting;

/// <summary>What a leaf is worth and which leaves are allowed.</summary>
sealed class SplitRules(BoostingOptions options)
{
    readonly double minimumRows = options.MinimumLeafRows;
    readonly double minimumHessian = options.MinimumLeafHessian;
    readonly double maximumStep = options.MaximumStep > 0 ? options.MaximumStep : double.PositiveInfinity;

    internal double L2 { get; } = options.L2;

    internal double MinimumGain { get; } = options.MinimumGain;

    /// <summary>What a side must have at least, in the lanes of <see cref="GradientSums"/>.</summary>
    internal Vector256<double> Least { get; } =
        Vector256.Create(double.NegativeInfinity, options.MinimumLeafHessian, options.MinimumLeafRows, 0);

    /// <summary>Whether a leaf may take its Newton step whatever its length; with some curvature in every leaf.</summary>
    internal bool StepIsFree(ValueBounds bounds) =>
        double.IsPositiveInfinity(maximumStep) && bounds == ValueBounds.None && (L2 > 0 || minimumHessian > 0);

    internal bool Allow(GradientSums sums) => sums.Rows >= minimumRows && sums.Hessian >= minimumHessian;

    /// <summary>The Newton step −G/(H + λ) within bounds; 0 where there is no curvature.</summary>
    internal double Value(GradientSums sums, ValueBounds bounds, double l2)
    {
        var curvature = sums.Hessian + l2;
        var step = curvature > 0 ? -sums.Gradient / curvature : 0;
        return bounds.Clip(Math.Clamp(step, -maximumStep, maximumStep));
    }

    /// <summary>By how much the step lowers the deviance, to second order: −(2·G·v + (H + λ)·v²), which is G²/(H + λ) for a free step.</summary>
    /// <remarks>Chen and Guestrin (2016), KDD, 785–794, eq. 6, twice: in units of deviance, not of half deviance.</remarks>
    internal double Score(GradientSums sums, ValueBounds bounds, double l2)
    {
        var value = Value(sums, bounds, l2);
        return -value * (2 * sums.Gradient + (sums.Hessian + l2) * value);
    }
}
