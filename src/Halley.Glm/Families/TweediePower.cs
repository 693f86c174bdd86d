using Halley.Data;
using Halley.Kernels;
using Halley.Statistics;

namespace Halley.Glm;

/// <summary>Profile likelihood for the power of a Tweedie model.</summary>
/// <remarks>
/// For each power p the coefficients are fitted (they do not depend on φ) and φ is that of greatest likelihood, by Newton's steps in
/// ln φ on the series of the density; the profile is then maximised in p. Source: Dunn and Smyth (2005), Statistics and Computing 15,
/// 267–280. The prior weight divides φ, as in every Tweedie GLM.
/// </remarks>
sealed class TweediePower(FitTask task, IProgress<FitProgress>? progress, CancellationToken cancellation)
{
    const double Lowest = 1.01;

    const double Highest = 1.99;

    /// <summary>Accuracy of p.</summary>
    const double Tolerance = 1e-8;

    /// <summary>Half the distance over which the profile's curvature is taken.</summary>
    const double CurvatureStep = 1e-3;

    GlmSolution? last;

    internal (GlmSolution, ShapeEstimate) Search()
    {
        var best = ScalarSearch.Maximum(power => ProfileAt(power).LogLikelihood, Lowest, Highest, Tolerance);
        var (above, below) = (ProfileAt(best + CurvatureStep).LogLikelihood, ProfileAt(best - CurvatureStep).LogLikelihood);
        var (solution, logLikelihood, phi) = ProfileAt(best);
        var curvature = (above - 2 * logLikelihood + below) / (CurvatureStep * CurvatureStep);
        var estimate = new ShapeEstimate
        {
            Family = Family.Tweedie(best),
            Value = best,
            StandardError = curvature < 0 ? 1 / Math.Sqrt(-curvature) : double.NaN,
            LogLikelihood = logLikelihood,
            Dispersion = phi,
            IsInterior = best is > Lowest + 1e-4 and < Highest - 1e-4,
        };
        return (solution, estimate);
    }

    /// <summary>The best fit at a power, its log likelihood at the best dispersion, and that dispersion.</summary>
    internal (GlmSolution Solution, double LogLikelihood, double Phi) ProfileAt(double power)
    {
        var problem = task.Problem with { Family = Family.Tweedie(power) };
        last = GlmSolver.Fit(task.Under(problem.Family, last), progress, cancellation);
        var fitted = new FittedRows(task.Problem, last, cancellation);
        var phi = BestDispersion(power, fitted, problem.DispersionAt(last.Sums, last.Rank));
        var logLikelihood = new double[1];
        fitted.Accumulate(
            logLikelihood,
            (rows, means, block, sum) =>
            {
                for (var row = block.Start; row < block.End; row++)
                    sum[0] += problem.Family.LogLikelihood(rows.Target[row], means[row], rows.Weight[row], phi);
            }
        );
        return (last, logLikelihood[0], phi);
    }

    static double BestDispersion(double power, FittedRows fitted, double start)
    {
        var (family, phi) = (new TweedieFamily(power), start);
        for (var step = 0; step < 50; step++)
        {
            var sums = new double[2];
            fitted.Accumulate(
                sums,
                (rows, means, block, partial) =>
                {
                    for (var row = block.Start; row < block.End; row++)
                    {
                        var (slope, curvature) = family.DispersionDerivatives(
                            rows.Target[row],
                            means[row],
                            rows.Weight[row],
                            phi
                        );
                        partial[0] += slope;
                        partial[1] += curvature;
                    }
                }
            );
            // Where the likelihood is not concave in ln φ, a plain step uphill.
            var move = Math.Clamp(sums[1] < 0 ? -sums[0] / sums[1] : Math.Sign(sums[0]), -1, 1);
            phi *= VectorMath.Exp(move);
            if (Math.Abs(move) < 1e-11)
                break;
        }
        return phi;
    }
}
