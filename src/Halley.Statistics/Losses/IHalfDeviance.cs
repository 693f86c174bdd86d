using Halley.Kernels;

namespace Halley.Statistics;

/// <summary>A loss of a target y at a score η before the link: half the unit deviance up to a term in y alone.</summary>
/// <remarks>
/// Structs implement it, so that a loop taking <c>where TLoss : struct, IHalfDeviance</c> has the formula inside. The formulas
/// are written on lanes: <see cref="HalfDeviances"/> runs them over rows at the CPU's width, with the bits of one row.
/// </remarks>
public interface IHalfDeviance
{
    /// <summary>The link between η and the mean.</summary>
    Link Link { get; }

    /// <summary>The family whose half deviance this is; null where it is none of <see cref="Family"/>'s.</summary>
    Family? Family { get; }

    /// <summary>ℓ(y, η).</summary>
    double Loss(double y, double eta);

    /// <summary>∂ℓ/∂η and ∂²ℓ/∂η².</summary>
    (double Gradient, double Hessian) Derivatives(double y, double eta);

    /// <summary>ℓ(y, η) in every lane.</summary>
    internal T Loss<T>(T y, T eta)
        where T : struct, ILanes<T>;

    /// <summary>∂ℓ/∂η and ∂²ℓ/∂η² in every lane.</summary>
    internal (T Gradient, T Hessian) Derivatives<T>(T y, T eta)
        where T : struct, ILanes<T>;

    /// <summary>All three at once in every lane, with the bits of each alone.</summary>
    internal (T Loss, T Gradient, T Hessian) Both<T>(T y, T eta)
        where T : struct, ILanes<T>;
}
