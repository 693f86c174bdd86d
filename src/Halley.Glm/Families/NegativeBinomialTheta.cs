using Halley.Data;
using Halley.Kernels;
using Halley.Statistics;

namespace Halley.Glm;

/// <summary>Maximum likelihood for coefficients and θ of a negative binomial, in turn.</summary>
/// <remarks>
/// θ and the coefficients are asymptotically independent, so a few turns settle both. Within a turn θ takes Newton's steps in ln θ.
/// Source: Venables and Ripley (2002), Modern Applied Statistics with S, section 7.4 (<c>glm.nb</c>).
/// </remarks>
sealed class NegativeBinomialTheta(FitTask task, IProgress<FitProgress>? progress, CancellationToken cancellation)
{
    /// <summary>Beyond it the rows can't be told from Poisson's.</summary>
    const double Largest = 1e6;

    const double Smallest = 1e-6;

    const int MaxTurns = 50;

    const int MaxSteps = 100;

    internal (GlmSolution, ShapeEstimate) Search()
    {
        var solution = GlmSolver.Fit(task.Under(Family.Poisson, null), progress, cancellation);
        var (theta, settled) = (MomentEstimate(solution), false);
        for (var turn = 0; turn < MaxTurns && !settled; turn++)
        {
            var before = theta;
            theta = BestTheta(theta, FittedAt(solution));
            solution = GlmSolver.Fit(task.Under(Family.NegativeBinomial(theta), solution), progress, cancellation);
            settled = Math.Abs(theta - before) <= 1e-10 * theta;
        }
        var fitted = FittedAt(solution);
        var family = Family.NegativeBinomial(theta);
        var (_, curvature) = Derivatives(theta, fitted);
        var estimate = new ShapeEstimate
        {
            Family = family,
            Value = theta,
            StandardError = curvature < 0 ? 1 / Math.Sqrt(-curvature) : double.NaN,
            LogLikelihood = fitted.LogLikelihood(family),
            Dispersion = 1,
            IsInterior = theta < Largest,
        };
        return (solution, estimate);
    }

    /// <summary>Σ w / Σ w·(y/μ − 1)², which Var(Y/μ) = 1/μ + 1/θ suggests, as MASS starts.</summary>
    double MomentEstimate(GlmSolution solution)
    {
        var sum = new double[1];
        FittedAt(solution)
            .Accumulate(
                sum,
                (rows, means, block, part) =>
                {
                    for (var row = block.Start; row < block.End; row++)
                        part[0] += rows.Weight[row] * Math.Pow(rows.Target[row] / means[row] - 1, 2);
                }
            );
        return Math.Clamp(task.Problem.WeightSum / sum[0], 0.01, 100);
    }

    FittedRows FittedAt(GlmSolution solution) => new(task.Problem, solution, cancellation);

    static double BestTheta(double theta, FittedRows fitted)
    {
        for (var step = 0; step < MaxSteps && theta is > Smallest and < Largest; step++)
        {
            var (slope, curvature) = Derivatives(theta, fitted);
            // In t = ln θ: slope θ·s, curvature θ²·c + θ·s. Where that is not concave, a plain step uphill.
            var (first, second) = (theta * slope, theta * theta * curvature + theta * slope);
            var move = second < 0 ? -first / second : Math.Sign(first);
            theta = Math.Clamp(theta * VectorMath.Exp(Math.Clamp(move, -1, 1)), Smallest, Largest);
            if (Math.Abs(move) < 1e-12)
                break;
        }
        return theta;
    }

    static (double Slope, double Curvature) Derivatives(double theta, FittedRows fitted)
    {
        var family = new NegativeBinomialFamily(theta);
        var sums = new double[2];
        fitted.Accumulate(
            sums,
            (rows, means, block, partial) =>
            {
                for (var row = block.Start; row < block.End; row++)
                {
                    var (slope, curvature) = family.ShapeDerivatives(rows.Target[row], means[row], rows.Weight[row]);
                    partial[0] += slope;
                    partial[1] += curvature;
                }
            }
        );
        return (sums[0], sums[1]);
    }
}
