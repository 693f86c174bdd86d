using Halley.Data;

namespace Halley.Glm;

/// <summary>The solver's mutable state: where it stands, and how it got there. Dies with the fit.</summary>
sealed class NewtonState
{
    /// <summary>Smallest pivot of the scaled information matrix; below it a coefficient stays where it is.</summary>
    /// <remarks>Where data are separated the information along some direction vanishes; freezing it lets the rest converge.</remarks>
    const double PivotTolerance = 1e-13;

    const int MaxHalvings = 40;

    /// <summary>After so many steps a deviance that no longer moves ends the search: coefficients that run away never settle.</summary>
    const int PatientSteps = 45;

    readonly GlmPass pass;
    readonly SearchSpace space;
    readonly GlmProblem problem;
    readonly CancellationToken cancellation;

    /// <summary>The caller's own point, whose products are not given back.</summary>
    readonly GlmPoint? known;

    /// <param name="space">Coefficients that move, and how.</param>
    /// <param name="known">The likelihood at the start, where a pass over the rows has found it already.</param>
    internal NewtonState(
        GlmProblem problem,
        GlmPass pass,
        SearchSpace space,
        double[] start,
        CancellationToken cancellation,
        GlmPoint? known = null
    )
    {
        (this.problem, this.pass, this.space, this.cancellation) = (problem, pass, space, cancellation);
        this.known = known;
        Point = known ?? pass.Evaluate(start, Curvature.Observed, cancellation);
        Objective = Point.Deviance + space.PenaltyAt(Point.Beta);
    }

    internal GlmPoint Point { get; private set; }

    /// <summary>Deviance plus penalty.</summary>
    internal double Objective { get; private set; }

    internal int Iterations { get; private set; }

    internal bool Converged { get; private set; }

    /// <summary>Length of the last step in standard errors.</summary>
    internal double LastStep { get; private set; } = double.PositiveInfinity;

    /// <summary>Steps until one is shorter than the tolerance.</summary>
    internal void Run(GlmOptions options, IProgress<FitProgress>? progress)
    {
        while (!Converged && Iterations < options.MaxIterations)
        {
            var step = Step();
            if (LastStep <= options.Tolerance)
            {
                // The point is as near already as a further pass could bring it.
                Converged = true;
                return;
            }
            var next = Advance(step);
            if (next is null)
            {
                // No shorter step lowers the deviance: rounding, if the step was tiny anyway.
                Converged = LastStep < Math.Max(1e-5, options.Tolerance);
                return;
            }
            var objective = next.Deviance + space.PenaltyAt(next.Beta);
            var still = Math.Abs(Objective - objective) <= 1e-14 * (Math.Abs(objective) + 0.1);
            if (!ReferenceEquals(Point, known))
                pass.Forget(Point);
            (Point, Objective) = (next, objective);
            Iterations++;
            Converged = still && Iterations >= PatientSteps;
            progress?.Report(
                new("fitting", Fraction(options), $"step {Iterations}, deviance {InvariantText.Of(Point.Deviance)}")
            );
        }
    }

    /// <summary>Newton's direction, shape (active).</summary>
    double[] Step()
    {
        var (score, step) = space.StepFrom(Point, pass.Layout, PivotTolerance);
        var squared = 0.0;
        for (var i = 0; i < step.Length; i++)
            squared += step[i] * score[i];
        LastStep = Math.Sqrt(Math.Max(squared, 0) / problem.DispersionAt(Point.Sums, score.Length));
        return space.Spread(step);
    }

    /// <summary>The point a step ahead, or half of one and so on until the deviance falls; null where it never does.</summary>
    GlmPoint? Advance(double[] step)
    {
        var allowance = 1e-13 * (Math.Abs(Objective) + 0.1);
        var part = 1.0;
        for (var halving = 0; halving < MaxHalvings; halving++, part /= 2)
        {
            var beta = (double[])Point.Beta.Clone();
            for (var i = 0; i < step.Length; i++)
                beta[space.Active[i]] += part * step[i];
            var next = pass.Evaluate(beta, Curvature.Observed, cancellation);
            if (next.IsAllowed && next.Deviance + space.PenaltyAt(beta) <= Objective + allowance)
                return next;
            pass.Forget(next);
        }
        return null;
    }

    /// <summary>Progress on the scale of the step's logarithm: convergence is quadratic at the end.</summary>
    double Fraction(GlmOptions options) =>
        Converged ? 1 : Math.Clamp(Math.Log(Math.Min(LastStep, 100) / 100) / Math.Log(options.Tolerance / 100), 0, 0.99);
}
