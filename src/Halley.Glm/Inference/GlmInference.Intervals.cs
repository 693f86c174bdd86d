using Halley.Kernels;
using Halley.Statistics;

namespace Halley.Glm;

/// <summary>Intervals of coefficients.</summary>
public sealed partial class GlmInference
{
    /// <summary>Accuracy of an interval's end, in standard errors.</summary>
    const double EndTolerance = 1e-10;

    /// <summary>An end further away than this many standard errors counts as none.</summary>
    const double Far = 60;

    /// <summary>Estimate ± quantile × standard error: normal where the family fixes the dispersion, else Student's t.</summary>
    /// <param name="index">Index of the coefficient in <see cref="GlmFit.Coefficients"/>.</param>
    public (double Lower, double Upper) WaldInterval(int index, double level, double standardError)
    {
        var quantile = Problem.Family.FixedDispersion
            ? NormalDistribution.TwoSidedQuantile(level)
            : StudentDistribution.TwoSidedQuantile(level, ResidualDegrees);
        var estimate = solution.Beta[Design.Order[index]];
        return (estimate - quantile * standardError, estimate + quantile * standardError);
    }

    /// <summary>The values of a coefficient at which the rest, fitted anew, loses no more likelihood than the level allows.</summary>
    /// <remarks>
    /// (D(c) − D̂)/φ ≤ the quantile of chi-squared, or of F(1, n − p) where φ is estimated. Both ends are found to 1e-10 of a
    /// standard error by Newton's steps on the signed root, whose slope the score gives. Right where Wald's is not: few claims,
    /// skewed likelihoods. An aliased coefficient has none (NaN); an unbounded end is infinite.
    /// Source: Venables and Ripley (2002), Modern Applied Statistics with S, section 8.4.
    /// </remarks>
    /// <param name="index">Index of the coefficient in <see cref="GlmFit.Coefficients"/>.</param>
    public (double Lower, double Upper) ProfileInterval(int index, double level, CancellationToken cancellation = default) =>
        ProfileIntervalTo(
            index,
            Problem.Family.FixedDispersion
                ? ChiSquaredDistribution.Quantile(level, 1)
                : FDistribution.Quantile(level, 1, ResidualDegrees),
            cancellation
        );

    /// <param name="cutoff">Largest loss (D(c) − D̂)/φ.</param>
    internal (double Lower, double Upper) ProfileIntervalTo(int index, double cutoff, CancellationToken cancellation)
    {
        var full = Design.Order[index];
        switch (solution.States[index])
        {
            case ColumnState.Aliased:
                return (double.NaN, double.NaN);
            case ColumnState.Estimated:
                break;
            default:
                return (double.NegativeInfinity, double.PositiveInfinity);
        }
        var profile = new CoefficientProfile(this, FormOf(index), cancellation);
        var estimate = solution.Beta[full];
        var variance = solution.Bordered is { } bordered
            ? bordered.At(index, index)
            : solution.UnscaledCovariance[index * solution.States.Count + index];
        var error = Math.Sqrt(Dispersion * variance);
        return (estimate + error * profile.EndAt(-1, cutoff, error), estimate + error * profile.EndAt(1, cutoff, error));
    }

    /// <summary>A declared coefficient as a form in the internal ones.</summary>
    double[] FormOf(int index)
    {
        if (solution.Bordered is { } bordered)
            return bordered.FormOf(index);
        var form = new double[Active.Length];
        form[Array.IndexOf(Active, Design.Order[index])] = 1;
        return ToInternal(form);
    }

    /// <summary>The likelihood along one coefficient, the others fitted.</summary>
    sealed class CoefficientProfile(GlmInference owner, double[] form, CancellationToken cancellation)
    {
        readonly SearchSpace space = owner.SpaceUnder([form]).Space;
        readonly GlmPass pass = new(owner.Problem, owner.Design);

        /// <summary>Step along the profile, in the active coefficients, for a change of one in the coefficient.</summary>
        readonly double[] tangent = owner.StepTo([form], [1]).Step;

        /// <summary>Distance of an end from the estimate, in standard errors, with its sign.</summary>
        internal double EndAt(int side, double cutoff, double error)
        {
            var (wanted, scale) = (Math.Sqrt(cutoff), owner.Dispersion);
            // Bounds of the end, and the root of the loss there: it rises with the distance.
            var (inner, outer, at) = (0.0, Far, wanted);
            var beta = owner.solution.InternalBeta;
            var position = 0.0;
            for (var step = 0; step < 60; step++)
            {
                var (point, loss, slope) = Evaluate(beta, position, side * at * error);
                if (point is null)
                {
                    outer = at;
                    at = 0.5 * (inner + at);
                    continue;
                }
                (beta, position) = (point, side * at * error);
                var root = Math.Sqrt(Math.Max(loss, 0) / scale);
                if (root < wanted)
                    inner = at;
                else
                    outer = at;
                // d root/d at = side·error·(dD/dc)/(2·φ·root).
                var next = at + (wanted - root) * 2 * scale * root / (side * error * slope);
                if (!(next > inner && next < outer))
                    next = outer < Far ? 0.5 * (inner + outer) : Math.Min(2 * at, Far);
                if (Math.Abs(next - at) <= EndTolerance)
                    return side * next;
                if (at >= Far)
                    return side * double.PositiveInfinity;
                at = next;
            }
            return side * at;
        }

        /// <summary>Coefficients, loss of deviance and its slope where the coefficient is moved from the estimate by a distance.</summary>
        (double[]? Beta, double Loss, double Slope) Evaluate(double[] from, double position, double distance)
        {
            var start = (double[])from.Clone();
            for (var i = 0; i < tangent.Length; i++)
                start[owner.Active[i]] += (distance - position) * tangent[i];
            var newton = new NewtonState(owner.Problem, pass, space, start, cancellation);
            if (!newton.Point.IsAllowed)
                return (null, 0, 0);
            newton.Run(owner.options, null);
            var score = space.ScoreAt(newton.Point);
            var best = owner.solution.Sums.Deviance + space.PenaltyAt(owner.solution.InternalBeta);
            // The score is along the form alone: −½ dD/dβ = m·form, so dD/dc = −2m·(form·tangent) with form·tangent = 1.
            return (newton.Point.Beta, newton.Objective - best, -2 * Reduce.Dot(score, tangent));
        }
    }
}
