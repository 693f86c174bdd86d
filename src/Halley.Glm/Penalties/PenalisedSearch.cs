namespace Halley.Glm;

/// <summary>The search for the optimum at one strength after another, each from where the last one ended.</summary>
/// <remarks>
/// Proximal Newton: each step minimises the quadratic that touches half the deviance plus the whole penalty, exactly, and goes as far
/// along as the objective falls. Source: Lee, Sun and Saunders (2014), SIAM J. Optim. 24(3), 1420–1443.
/// </remarks>
sealed class PenalisedSearch(PenalisedLikelihood likelihood, PenaltyLayout layout, GlmOptions options, double[] start)
{
    const int MaxHalvings = 40;

    readonly GlmPenalty penalty = options.Penalty!;

    /// <summary>Newton's error is squared by each step; under expected curvature a step only takes a part of it off.</summary>
    readonly double tolerance = options.Penalty!.Tolerance * (likelihood.HasTrueCurvature ? 1 : 1e-3);

    internal PenalisedPoint Point { get; private set; } = likelihood.Evaluate(start);

    internal int Iterations { get; private set; }

    internal bool Converged { get; private set; } = true;

    /// <summary>Length of the last step in standard errors.</summary>
    internal double LastStep { get; private set; }

    /// <summary>Goes to the optimum without anything that is penalised.</summary>
    internal void GoToNull() => GoTo(double.PositiveInfinity);

    /// <summary>The least strength at which everything penalised is out, from the point of <see cref="GoToNull"/>.</summary>
    internal double GreatestStrength => PenaltyStep.Greatest(layout, Point, penalty.L1Ratio) / likelihood.WeightSum;

    /// <summary>Goes to the optimum at a strength λ.</summary>
    internal void GoTo(double strength)
    {
        var step = StepAt(strength);
        var steps = 0;
        Converged = false;
        while (!Converged && steps < options.MaxIterations)
        {
            var move = step.Minimise(Point);
            var objective = Point.HalfDeviance + step.Value(Point.Beta);
            LastStep = move.Length / Math.Sqrt(likelihood.Problem.DispersionAt(Point.Sums, 1));
            Converged = LastStep <= tolerance;
            if (move.Length == 0)
                break;
            if (Advance(step, move, objective, isLast: Converged) is not { } next)
            {
                // No shorter step lowers the objective: rounding, if the step was tiny anyway.
                Converged = LastStep <= Math.Max(1e-5, tolerance);
                break;
            }
            Point = next;
            steps++;
        }
        Iterations += steps;
    }

    /// <summary>Goes to coefficients of an earlier model.</summary>
    internal void Return(double[] beta) => Point = likelihood.Evaluate(beta);

    internal double ObjectiveAt(double strength) =>
        (Point.HalfDeviance + StepAt(strength).Value(Point.Beta)) / likelihood.WeightSum;

    internal double EffectiveParameters(double strength) => StepAt(strength).EffectiveParameters(Point);

    PenaltyStep StepAt(double strength) => new(layout, penalty.L1Ratio, strength * likelihood.WeightSum);

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
                    beta[j] = Point.Beta[j] + part * (move.Beta[j] - Point.Beta[j]);
            }
            // The next strength's first step can do with the curvature that the last step of this one went by.
            var next = isLast ? likelihood.EvaluateLightly(beta, Point) : likelihood.Evaluate(beta);
            var limit = objective - 1e-4 * part * move.Decrease + 1e-13 * Math.Abs(objective);
            if (next.IsAllowed && next.HalfDeviance + step.Value(beta) <= limit)
                return next;
        }
        return null;
    }
}
