using System.Runtime.Intrinsics;

namespace Halley.Boosting;

/// <summary>Σ gradient, Σ hessian and the number of rows of a bin, leaf or side of a split; sums are exact in the rows.</summary>
/// <remarks>Lanes: gradient, hessian, rows, 0. One add a row, whatever the CPU's width.</remarks>
readonly struct GradientSums(Vector256<double> lanes)
{
    internal Vector256<double> Lanes { get; } = lanes;

    internal double Gradient => Lanes.GetElement(0);

    internal double Hessian => Lanes.GetElement(1);

    internal double Rows => Lanes.GetElement(2);

    /// <summary>One row.</summary>
    /// <param name="pair">Gradient and hessian.</param>
    internal static GradientSums Of(Vector128<double> pair) => new(Vector256.Create(pair, Vector128.Create(1.0, 0.0)));

    internal static GradientSums Of(double gradient, double hessian, double rows) =>
        new(Vector256.Create(gradient, hessian, rows, 0));

    public static GradientSums operator +(GradientSums left, GradientSums right) => new(left.Lanes + right.Lanes);

    public static GradientSums operator -(GradientSums left, GradientSums right) => new(left.Lanes - right.Lanes);

    /// <summary>From whole units to gradients.</summary>
    /// <param name="unit">Gradient unit, hessian unit, 1, 0.</param>
    public static GradientSums operator *(GradientSums sums, Vector256<double> unit) => new(sums.Lanes * unit);
}
