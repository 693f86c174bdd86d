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
            theta = BestTheta(theta, solution.Means(task.Problem, cancellation));
            solution = GlmSolver.Fit(task.Under(Family.NegativeBinomial(theta), solution), progress, cancellation);
            settled = Math.Abs(theta - before) <= 1e-10 * theta;
        }
        var means = solution.Means(task.Problem, cancellation);
        var family = Family.NegativeBinomial(theta);
        var (_, curvature) = Derivatives(theta, means);
        var estimate = new ShapeEstimate
        {
            Family = family,
            Value = theta,
            StandardError = curvature < 0 ? 1 / Math.Sqrt(-curvature) : double.NaN,
            LogLikelihood = family.LogLikelihood(task.Problem.Target, means, task.Problem.Weight),
            Dispersion = 1,
            IsInterior = theta < Largest,
        };
        return (solution, estimate);
    }

    /// <summary>Σ w / Σ w·(y/μ − 1)², which Var(Y/μ) = 1/μ + 1/θ suggests, as MASS starts.</summary>
    double MomentEstimate(GlmSolution solution)
    {
        var (means, problem) = (solution.Means(task.Problem, cancellation), task.Problem);
        var sum = RowBlocks.Sum(
            problem.RowCount,
            problem.Threads,
            block =>
            {
                var part = 0.0;
                for (var row = block.Start; row < block.End; row++)
                    part += problem.Weight[row] * Math.Pow(problem.Target[row] / means[row] - 1, 2);
                return part;
            }
        );
        return Math.Clamp(problem.WeightSum / sum, 0.01, 100);
    }

    double BestTheta(double theta, double[] means)
    {
        for (var step = 0; step < MaxSteps && theta is > Smallest and < Largest; step++)
        {
            var (slope, curvature) = Derivatives(theta, means);
            // In t = ln θ: slope θ·s, curvature θ²·c + θ·s. Where that is not concave, a plain step uphill.
            var (first, second) = (theta * slope, theta * theta * curvature + theta * slope);
            var move = second < 0 ? -first / second : Math.Sign(first);
            theta = Math.Clamp(theta * VectorMath.Exp(Math.Clamp(move, -1, 1)), Smallest, Largest);
            if (Math.Abs(move) < 1e-12)
                break;
        }
        return theta;
    }

    (double Slope, double Curvature) Derivatives(double theta, double[] means)
    {
        var (family, problem) = (new NegativeBinomialFamily(theta), task.Problem);
        var sums = new double[2];
        RowBlocks.Accumulate(
            problem.RowCount,
            problem.Threads,
            sums,
            (block, partial) =>
            {
                for (var row = block.Start; row < block.End; row++)
                {
                    var (slope, curvature) = family.ShapeDerivatives(problem.Target[row], means[row], problem.Weight[row]);
                    partial[0] += slope;
                    partial[1] += curvature;
                }
            },
            cancellation
        );
        return (sums[0], sums[1]);
    }
}
