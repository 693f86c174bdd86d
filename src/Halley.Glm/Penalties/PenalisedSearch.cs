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

    PenalisedPoint? at;

    /// <summary>Whether it may start from a sample's optimum. Default yes.</summary>
    internal bool MaySample { get; init; } = true;

    /// <summary>Part of a step that another one by the same curvature would leave.</summary>
    double keptByCurvature;

    internal override double[] Beta => Point.Beta;

    internal override RowSums Sums => Point.Sums;

    private protected override double[] Slopes => Point.Slope;

    PenalisedPoint Point => at ??= likelihood.Evaluate(start);

    internal override void GoTo(double strength)
    {
        if (MaySample && at is null && RowSample.Helps(likelihood, Layout, strength))
            (at, keptByCurvature) = (RowSample.Optimum(likelihood, Layout, options, start, strength), RowSample.KeptByCurvature);
        var step = StepAt(strength);
        var steps = 0;
        Converged = false;
        while (!Converged && steps < options.MaxIterations)
        {
            // 1. To the minimum of the quadratic that touches here, or touched one step before.
            var move = step.Minimise(Point);
            if (move.Length == 0)
            {
                (Converged, LastStep) = (true, 0);
                break;
            }
            // 2. How far from the optimum that will be.
            var unit = Math.Sqrt(likelihood.Problem.DispersionAt(Point.Sums, 1));
            var left = LeftBy(move);
            LastStep = move.Length / unit;
            Converged = IsEnough(move.Length / unit, left / unit);
            // 3. There. Products are summed only where the next step needs new ones.
            keptByCurvature = Point.IsNear ? 1 : 2 * left / move.Length;
            var isLight = Converged || IsEnough(left / unit, keptByCurvature * left / unit);
            if (Advance(step, move, isLight) is not { } next)
            {
                // No shorter step lowers the objective: rounding, if the step was tiny anyway.
                Converged = LastStep <= Math.Max(1e-5, tolerance);
                break;
            }
            at = next;
            steps++;
        }
        Iterations += steps;
    }

    /// <summary>The error that a step leaves, as far as the curvature tells.</summary>
    double LeftBy(PenaltyMove move)
    {
        if (!likelihood.HasTrueCurvature)
            return double.PositiveInfinity;
        return NewtonError.After(Point, move.Beta, move.Length) + (Point.IsNear ? keptByCurvature * move.Length : 0);
    }

    /// <summary>The curvature here, for rows of another total weight.</summary>
    internal double[] CurvatureTimes(double factor) => Array.ConvertAll(Point.Hessian, value => factor * value);

    /// <summary>Whether a step of a length, of which an error is left, ends the search. Both in standard errors.</summary>
    bool IsEnough(double length, double left) => length <= tolerance || left <= tolerance * tolerance;

    internal override void Return(double[] beta) => at = likelihood.Evaluate(beta);

    internal override double EffectiveParameters(double strength) => StepAt(strength).EffectiveParameters(Point);

    PenalisedPoint? Advance(PenaltyStep step, PenaltyMove move, bool isLight)
    {
        var objective = Point.HalfDeviance + step.Value(Point.Beta);
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
            var next = isLight ? likelihood.EvaluateLightly(beta, Point.Hessian) : likelihood.Evaluate(beta);
            var limit = objective - 1e-4 * part * move.Decrease + 1e-13 * Math.Abs(objective);
            if (next.IsAllowed && next.HalfDeviance + step.Value(beta) <= limit)
                return next;
        }
        return null;
    }
}
