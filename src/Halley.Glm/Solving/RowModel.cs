using Halley.Statistics;

namespace Halley.Glm;

/// <summary>What each row adds to deviance, score and curvature under a family and link.</summary>
/// <remarks>
/// With μ = g⁻¹(η), d = dμ/dη and variance V: score weight u = w·(y − μ)·d/V, expected curvature h = w·d²/V. For natural links d = V,
/// which is used directly, because V may round to zero. For the log link with V = μ^p the observed curvature is
/// h = w·(μ/V)·((2 − p)·μ + (p − 1)·y), and with V = μ + μ²/θ it is h = w·(μ²/V)·(θ + y)/(θ + μ). Source: McCullagh and Nelder (1989), Generalized Linear Models, section 2.5.
/// </remarks>
abstract class RowModel
{
    private protected RowModel() { }

    /// <summary>Whether the observed curvature differs from the expected one and is used: it is never negative then.</summary>
    internal abstract bool HasObserved { get; }

    /// <summary>g with dh/dη = g·h for the observed curvature (the expected one where that is not used); null where there is no such constant.</summary>
    internal abstract double? CurvatureGrowth { get; }

    internal static RowModel Of(Family family, Link link) => family.Accept(new Factory(link));

    /// <summary>Fills mu, u and h for a tile of rows; all spans have shape (n).</summary>
    /// <param name="eta">Linear predictor with its offset; used up.</param>
    /// <param name="h">Not written under <see cref="Curvature.None"/>.</param>
    internal abstract RowSums Fill(
        ReadOnlySpan<double> y,
        ReadOnlySpan<double> w,
        Span<double> eta,
        Span<double> mu,
        Span<double> u,
        Span<double> h,
        Curvature curvature
    );

    sealed class Factory(Link link) : IFamilyVisitor<RowModel>
    {
        public RowModel Visit<TFamily>(TFamily family)
            where TFamily : struct, IFamily => new RowModelOf<TFamily>(family, link);
    }
}
