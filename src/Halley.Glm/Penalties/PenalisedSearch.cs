namespace Halley.Glm;

/// <summary>The search where half the deviance is no quadratic, or the penalty more than absolute values, squares and bounds.</summary>
/// <remarks>
/// Proximal Newton: each step minimises the quadratic that touches half the deviance plus the whole penalty, exactly, and goes as far
/// along as the objective falls. Source: Lee, Sun and Saunders (2014), SIAM J. Optim. 24(3), 1420–1443.
/// </remarks>
sealed class PenalisedSearch(PenalisedLikelihood likelihood, PenaltyLayout layout, GlmOptions options, double[] start)
    : StrengthSearch(layout, options.Penalty!, likelihood.WeightSum)
{
    const int MaxHalvings = 40;

    /// <summary>Newton's error is squared by each step; under expected curvature a step only takes a part of it off.</summary>
    readonly double tolerance = options.Penalty!.Tolerance * (likelihood.HasTrueCurvature ? 1 : 1e-3);

    PenalisedPoint point = likelihood.Evaluate(start);

    internal override double[] Beta => point.Beta;

    internal override RowSums Sums => point.Sums;

    private protected override double[] Slopes => point.Slope;

    internal override void GoTo(double strength)
    {
        var step = StepAt(strength);
        var steps = 0;
        Converged = false;
        while (!Converged && steps < options.MaxIterations)
        {
            var move = step.Minimise(point);
            var objective = point.HalfDeviance + step.Value(point.Beta);
            LastStep = move.Length / Math.Sqrt(likelihood.Problem.DispersionAt(point.Sums, 1));
            Converged = LastStep <= tolerance;
            if (move.Length == 0)
                break;
            if (Advance(step, move, objective, isLast: Converged) is not { } next)
            {
                // No shorter step lowers the objective: rounding, if the step was tiny anyway.
                Converged = LastStep <= Math.Max(1e-5, tolerance);
                break;
            }
            point = next;
            steps++;
        }
        Iterations += steps;
    }

    internal override void Return(double[] beta) => point = likelihood.Evaluate(beta);

    internal override double EffectiveParameters(double strength) => StepAt(strength).EffectiveParameters(point);

    PenalisedPoint? Advance(PenaltyStep step, PenaltyMove move, double objective, bool isLast)
    {
        var part = 1.0;
        for (var halving = 0; halving < MaxHalvings; halving++, part /= 2)
        {
            var beta = move.Beta;
            if (part < 1)
            {
                beta = new double[beta.Length];
                for (var j = 0; j < beta.Length; j++)
                    beta[j] = point.Beta[j] + part * (move.Beta[j] - point.Beta[j]);
            }
            // The next strength's first step can do with the curvature that the last step of this one went by.
            var next = isLast ? likelihood.EvaluateLightly(beta, point) : likelihood.Evaluate(beta);
            var limit = objective - 1e-4 * part * move.Decrease + 1e-13 * Math.Abs(objective);
            if (next.IsAllowed && next.HalfDeviance + step.Value(beta) <= limit)
                return next;
        }
        return null;
    }
}
