using Halley.Kernels;
using Halley.Statistics;

namespace Halley.Glm;

/// <summary>The dispersion beside penalties' weights: of greatest restricted likelihood for Gaussian, gamma and inverse Gaussian, Pearson's for the rest.</summary>
/// <remarks>The saturated likelihood ℓ_sat(φ) has φ/w for each row's dispersion. Source: Wood (2017), Generalized Additive Models, section 6.6.</remarks>
sealed class DispersionSearch
{
    readonly GlmProblem problem;
    readonly Kind kind;

    /// <summary>Distinct weights with the number of rows that have them: ℓ_sat needs no more of the rows.</summary>
    readonly (double Weight, int Count)[] weights;

    /// <summary>The part of ℓ_sat in the targets alone.</summary>
    readonly double constant;

    internal DispersionSearch(GlmProblem problem)
    {
        this.problem = problem;
        kind = problem.Family.Accept(new KindOf());
        weights = kind == Kind.Pearson ? [] : Counted(problem.Weight);
        constant = kind switch
        {
            Kind.Fixed => Saturated(problem),
            Kind.Gamma => -problem.Target.Sum(y => VectorMath.Log(y)),
            Kind.InverseGaussian => -1.5 * problem.Target.Sum(y => VectorMath.Log(y)),
            _ => 0,
        };
    }

    enum Kind
    {
        Fixed,
        Pearson,
        Gaussian,
        Gamma,
        InverseGaussian,
    }

    /// <summary>ℓ_sat(φ): the log likelihood with μ = y; 0 where only Pearson's φ is used.</summary>
    internal double SaturatedLikelihood(double phi) =>
        constant
        + kind switch
        {
            Kind.Gaussian or Kind.InverseGaussian => weights.Sum(pair =>
                -0.5 * pair.Count * VectorMath.Log(2 * Math.PI * phi / pair.Weight)
            ),
            Kind.Gamma => weights.Sum(pair => pair.Count * OfGamma(pair.Weight / phi)),
            _ => 0,
        };

    /// <param name="penalised">D + β′Sβ.</param>
    /// <param name="free">Directions without penalty.</param>
    /// <param name="degrees">Effective degrees of freedom.</param>
    internal double At(double penalised, RowSums sums, double free, double degrees) =>
        kind switch
        {
            Kind.Fixed => 1,
            Kind.Pearson => problem.DispersionAt(sums, degrees),
            Kind.Gaussian or Kind.InverseGaussian => penalised / (problem.RowCount - free),
            _ => OfGamma(penalised, free),
        };

    double OfGamma(double penalised, double free)
    {
        var centre = VectorMath.Log(penalised / (problem.RowCount - free));
        var best = ScalarSearch.Maximum(
            logPhi =>
                SaturatedLikelihood(VectorMath.Exp(logPhi)) - 0.5 * penalised * VectorMath.Exp(-logPhi) + 0.5 * free * logPhi,
            centre - 5,
            centre + 5,
            1e-9
        );
        return VectorMath.Exp(best);
    }

    /// <summary>ℓ(μ) + D(μ)/2, whatever μ: at μ = y itself the formulas have no value where y ends the domain.</summary>
    static double Saturated(GlmProblem problem)
    {
        var means = new double[problem.RowCount];
        Array.Fill(means, problem.MeanTarget);
        return problem.Family.LogLikelihood(problem.Target, means, problem.Weight)
            + 0.5 * problem.Family.Deviance(problem.Target, means, problem.Weight);
    }

    /// <summary>ln f(y; y) + ln y with shape a: a·ln a − a − ln Γ(a).</summary>
    static double OfGamma(double shape) => shape * VectorMath.Log(shape) - shape - GammaFunction.Log(shape);

    static (double, int)[] Counted(double[] weight)
    {
        var counts = new Dictionary<double, int>();
        foreach (var w in weight)
            counts[w] = counts.GetValueOrDefault(w) + 1;
        return [.. counts.OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value))];
    }

    sealed class KindOf : IFamilyVisitor<Kind>
    {
        public Kind Visit<TFamily>(TFamily family)
            where TFamily : struct, IFamily =>
            family switch
            {
                GaussianFamily => Kind.Gaussian,
                GammaFamily => Kind.Gamma,
                InverseGaussianFamily => Kind.InverseGaussian,
                { FixedDispersion: true } => Kind.Fixed,
                _ => Kind.Pearson,
            };
    }
}
