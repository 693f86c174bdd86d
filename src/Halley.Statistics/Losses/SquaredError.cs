namespace Halley.Statistics;

/// <summary>Half the squared error under the identity link.</summary>
/// <remarks>ℓ(y, η) = ½·(η − y)². Domain: finite y.</remarks>
public readonly record struct SquaredError : IHalfDeviance
{
    public Link Link => Link.Identity;

    public Family Family => Family.Gaussian;

    public double Loss(double y, double eta) => 0.5 * (eta - y) * (eta - y);

    public (double Gradient, double Hessian) Derivatives(double y, double eta) => (eta - y, 1);
}
