using System.Runtime.Intrinsics;

namespace Halley.Boosting;

/// <summary>Σ gradient, Σ hessian and the number of rows of a bin, leaf or side of a split; sums are exact in the rows.</summary>
/// <remarks>Lanes: gradient, hessian, rows, 0. One add a row, whatever the CPU's width.</remarks>
readonly struct GradientSums(Vector256<double> lanes)
{
    readonly Vector256<double> lanes = lanes;

    internal double Gradient => lanes.GetElement(0);

    internal double Hessian => lanes.GetElement(1);

    internal double Rows => lanes.GetElement(2);

    /// <summary>One row.</summary>
    /// <param name="pair">Gradient and hessian.</param>
    internal static GradientSums Of(Vector128<double> pair) => new(Vector256.Create(pair, Vector128.Create(1.0, 0.0)));

    public static GradientSums operator +(GradientSums left, GradientSums right) => new(left.lanes + right.lanes);

    public static GradientSums operator -(GradientSums left, GradientSums right) => new(left.lanes - right.lanes);
}
