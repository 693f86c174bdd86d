using System.Runtime.Intrinsics;

namespace Halley.Boosting;

/// <summary>What a leaf is worth and which leaves are allowed.</summary>
sealed class SplitRules(BoostingOptions options)
{
    readonly double minimumRows = options.MinimumLeafRows;
    readonly double minimumHessian = options.MinimumLeafHessian;
    readonly double maximumStep = options.MaximumStep > 0 ? options.MaximumStep : double.PositiveInfinity;

    readonly double l1 = options.L1;

    internal double L2 { get; } = options.L2;

    internal double MinimumGain { get; } = options.MinimumGain;

    /// <summary>What a side must have at least, in the lanes of <see cref="GradientSums"/>.</summary>
    internal Vector256<double> Least { get; } =
        Vector256.Create(double.NegativeInfinity, options.MinimumLeafHessian, options.MinimumLeafRows, 0);

    /// <summary>Whether a leaf may take its Newton step whatever its length; with some curvature in every leaf.</summary>
    internal bool StepIsFree(ValueBounds bounds) =>
        double.IsPositiveInfinity(maximumStep) && l1 == 0 && bounds == ValueBounds.None && (L2 > 0 || minimumHessian > 0);

    internal bool Allow(GradientSums sums) => sums.Rows >= minimumRows && sums.Hessian >= minimumHessian;

    /// <summary>The Newton step −S(G)/(H + λ) within bounds, S shrinking by α towards 0; 0 where there is no curvature.</summary>
    internal double Value(GradientSums sums, ValueBounds bounds, double l2)
    {
        var curvature = sums.Hessian + l2;
        var gradient = l1 == 0 ? sums.Gradient : Math.CopySign(Math.Max(Math.Abs(sums.Gradient) - l1, 0), sums.Gradient);
        var step = curvature > 0 ? -gradient / curvature : 0;
        return Clip(step, bounds);
    }

    /// <summary>A value within the longest step and within bounds.</summary>
    internal double Clip(double value, ValueBounds bounds) => bounds.Clip(Math.Clamp(value, -maximumStep, maximumStep));

    /// <summary>By how much the step lowers the deviance, to second order: −(2·G·v + (H + λ)·v² + 2·α·|v|), which is S(G)²/(H + λ) for a free step.</summary>
    /// <remarks>Chen and Guestrin (2016), KDD, 785–794, eq. 6, twice: in units of deviance, not of half deviance.</remarks>
    internal double Score(GradientSums sums, ValueBounds bounds, double l2)
    {
        var value = Value(sums, bounds, l2);
        return -value * (2 * sums.Gradient + (sums.Hessian + l2) * value) - 2 * l1 * Math.Abs(value);
    }
}
