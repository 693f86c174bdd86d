using Halley.Kernels;
using Halley.Statistics;

namespace Halley.Glm;

/// <summary>The dispersion beside penalties' weights: of greatest restricted likelihood for Gaussian, gamma and inverse Gaussian, Pearson's for the rest.</summary>
/// <remarks>The saturated likelihood ℓ_sat(φ) has φ/w for each row's dispersion. Source: Wood (2017), Generalized Additive Models, section 6.6.</remarks>
sealed class DispersionSearch
{
    readonly GlmProblem problem;
    readonly Kind kind;

    /// <summary>Distinct weights that are held at most where rows are outside memory.</summary>
    const int WeightLimit = 1_000_000;

    /// <summary>For gamma: distinct weights with the number of rows that have them. ℓ_sat needs no more of the rows.</summary>
    readonly (double Weight, long Count)[] weights;

    /// <summary>Σ ln w, for Gaussian and inverse Gaussian.</summary>
    readonly double logWeights;

    /// <summary>The part of ℓ_sat in the targets alone.</summary>
    readonly double constant;

    internal DispersionSearch(GlmProblem problem)
    {
        this.problem = problem;
        kind = problem.Family.Accept(new KindOf());
        weights = kind == Kind.Gamma ? Counted(problem) : [];
        logWeights = kind is Kind.Gaussian or Kind.InverseGaussian ? SumOfLogs(problem, rows => rows.Weight) : 0;
        constant = kind switch
        {
            Kind.Fixed => Saturated(problem),
            Kind.Gamma => -SumOfLogs(problem, rows => rows.Target),
            Kind.InverseGaussian => -1.5 * SumOfLogs(problem, rows => rows.Target),
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
            Kind.Gaussian or Kind.InverseGaussian => 0.5 * (logWeights - problem.RowCount * VectorMath.Log(2 * Math.PI * phi)),
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
        var (mean, family) = (problem.MeanTarget, problem.Family);
        var (totals, sum) = (default(LikelihoodTotals), 0.0);
        problem.ForEach(rows => totals = family.AddRows(totals, rows.Target, Means(rows), rows.Weight));
        problem.ForEach(rows => sum = family.AddLogLikelihood(sum, totals, rows.Target, Means(rows), rows.Weight));
        return sum + 0.5 * totals.Deviance;

        double[] Means(GlmProblem rows)
        {
            var means = new double[rows.RowCount];
            Array.Fill(means, mean);
            return means;
        }
    }

    static double SumOfLogs(GlmProblem problem, Func<GlmProblem, double[]> column) =>
        problem.Sum(
            (rows, block) =>
            {
                var sum = 0.0;
                foreach (var value in block.Of(column(rows)))
                    sum += VectorMath.Log(value);
                return sum;
            }
        );

    /// <summary>ln f(y; y) + ln y with shape a: a·ln a − a − ln Γ(a).</summary>
    static double OfGamma(double shape) => shape * VectorMath.Log(shape) - shape - GammaFunction.Log(shape);

    static (double, long)[] Counted(GlmProblem problem)
    {
        var counter = new ValueCounter(problem.Chunks is null ? int.MaxValue : WeightLimit);
        problem.ForEach(rows => counter.Add(rows.Weight));
        if (counter.Counts() is not { } counts)
        {
            GlmErrors.ThrowNotStreamed(
                $"a penalised gamma term under more than {InvariantText.Of(WeightLimit)} distinct weights",
                "Round the weights"
            );
            return [];
        }
        return [.. counts.Values.Zip(counts.Counts)];
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
