using Halley.Data;
using Halley.Kernels;

namespace Halley.Glm;

/// <summary>Chooses the weights of penalties by REML: Newton's steps in ln λ.</summary>
sealed partial class SmoothingSearch
{
    const int MaxSteps = 50;

    /// <summary>Largest change of one ln λ in a step.</summary>
    const double MaxMove = 5;

    /// <summary>Largest distance of ln λ from its start: beyond it a penalty is all or nothing.</summary>
    const double Range = 18;

    /// <summary>The search ends where no slope of the restricted likelihood in ln λ is larger.</summary>
    const double SlopeTolerance = 1e-7;

    /// <summary>Rounding of a slope where penalty and information weigh the same; it grows as the penalty does.</summary>
    const double SlopeRounding = 1e-12;

    /// <summary>Where ln λ is so far above the point at which penalty and information weigh the same, a smooth is as good as straight.</summary>
    const double Straight = 4;

    /// <summary>From here on slopes are exact: before, a pass over the rows for them would be wasted.</summary>
    const double Near = 0.5;

    readonly RestrictedLikelihood likelihood;
    readonly IReadOnlyList<TermPenalty> penalties;

    /// <summary>The constant alone.</summary>
    readonly GlmPoint origin;
    readonly double[] centre;

    /// <summary>Whether there are surfaces.</summary>
    readonly bool sharesColumns;
    readonly GlmOptions options;

    SmoothingSearch(FitTask task, CancellationToken cancellation)
    {
        (likelihood, options) = (new(task, cancellation), task.Options);
        penalties = task.Prepared.Design.Penalties;
        sharesColumns = penalties.Any(penalty => penalty.Diagonal is not null);
        var constant = task.Prepared.Design.GivenBeta();
        constant[0] = task.Constant!.Beta[0];
        origin = likelihood.Pass(constant);
        centre = CentreOf(likelihood.Information(origin), task.Prepared);
    }

    /// <summary>Fits, and chooses penalties and the family's own parameter where they are not given.</summary>
    /// <remarks>With both to choose, penalties come first, under the family where its search starts, then the family, then penalties again.</remarks>
    internal static (GlmSolution Solution, ShapeEstimate? Shape) Fit(
        FitTask task,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation
    )
    {
        if (task.Prepared.Design.Penalties.Count == 0)
            return ShapeSearch.Fit(task, progress, cancellation);
        if (!task.Problem.Family.IsShapeEstimated)
            return (Smooth(task, progress, cancellation), null);
        var first = Smooth(task.Under(ShapeSearch.StartOf(task.Problem.Family), null), progress, cancellation);
        var (_, shape) = ShapeSearch.Fit(
            task with
            {
                Lambdas = first.Lambdas,
                Start = first.InternalBeta,
            },
            progress,
            cancellation
        );
        return (Smooth(task.Under(shape!.Family, first), progress, cancellation), shape);
    }

    static GlmSolution Smooth(FitTask task, IProgress<FitProgress>? progress, CancellationToken cancellation)
    {
        task = task with { Constant = task.Constant ?? GlmSolver.FitNull(task.Problem, task.Options, cancellation) };
        var (best, converged) = new SmoothingSearch(task, cancellation).Search(task.Start, progress);
        double[] lambdas = [.. best.LogLambdas.Select(VectorMath.Exp)];
        var last = task with { Lambdas = lambdas, Start = best.Beta, StartPoint = best.Point };
        var solution = GlmSolver.Fit(last, progress, cancellation);
        return solution with
        {
            RestrictedScore = best.Value - LogVolume(task.Prepared),
            Converged = solution.Converged && converged,
        };
    }

    /// <summary>ln|det T| of the way from internal to declared columns of numbers: ½ ln|A| is by that much larger inside.</summary>
    static double LogVolume(PreparedDesign prepared)
    {
        var (places, sum) = (prepared.Places(), 0.0);
        foreach (var change in prepared.Design.Changes)
        {
            var (block, shift) = (change.Block, change.ConstantStart < 0 ? 0 : 1);
            for (var own = 0; own < block.FullColumnCount; own++)
            {
                var column = own % block.Width + shift;
                if (places[block.Start + own] >= 0)
                    sum += VectorMath.Log(Math.Abs(change.Transform[column, column]));
            }
        }
        return sum;
    }

    (SmoothingPoint Best, bool Converged) Search(double[]? start, IProgress<FitProgress>? progress)
    {
        var logLambdas = centre.Select((own, k) => penalties[k].Lambda is { } given ? VectorMath.Log(given) : own).ToArray();
        // 1. Penalties and coefficients together, a pass over the rows a step.
        (logLambdas, var near) = Together(logLambdas, start is null ? origin : likelihood.Pass(start), progress);

        // 2. From there to the end, coefficients searched for anew at each choice of penalties.
        var at = likelihood.Evaluate(logLambdas, near.Beta, options.Tolerance, near);
        var exact = Largest(at, Free(at)) < Near;
        SmoothingPoint? before = null;
        for (var step = 0; step < MaxSteps; step++)
        {
            progress?.Report(new("choosing penalties", Math.Min(0.95, step / 15.0), $"step {step}"));
            var free = Free(at);
            if (!exact && Largest(at, free) < Near)
            {
                // From here on everything is taken to the end.
                exact = true;
                at = likelihood.Evaluate(at.LogLambdas, at.Beta, options.Tolerance);
            }
            if (exact)
                at = likelihood.WithExactSlopes(at);
            free = Free(at);
            if (Array.TrueForAll(free, k => Math.Abs(at.Slopes[k]) < ToleranceOf(at, k)))
                return (at, at.Converged);
            if (sharesColumns && exact)
                at = WithSecants(at, before);
            before = at;
            if (Advance(at, free, exact) is not { } next)
                // No shorter step is better: rounding, if the slopes are small anyway.
                return (at, Largest(at, free) < 1e-3);
            at = next;
        }
        return (at, false);
    }

    /// <summary>Curvature of at least what the last step saw, where it went past the optimum: with W held it can be several times too small.</summary>
    static SmoothingPoint WithSecants(SmoothingPoint at, SmoothingPoint? before)
    {
        if (before is null)
            return at;
        var (count, curvature) = (at.Slopes.Length, (double[])at.Curvature.Clone());
        for (var k = 0; k < count; k++)
        {
            var move = at.LogLambdas[k] - before.LogLambdas[k];
            if (move != 0 && at.Slopes[k] > 0 != before.Slopes[k] > 0)
                curvature[k * (count + 1)] = Math.Max(curvature[k * (count + 1)], (at.Slopes[k] - before.Slopes[k]) / move);
        }
        return at with { Curvature = curvature };
    }

    /// <summary>Penalties to choose that are not at an end of their range with a slope that points out of it.</summary>
    int[] Free(SmoothingPoint at) =>
        [
            .. Enumerable
                .Range(0, penalties.Count)
                .Where(k => penalties[k].Lambda is null)
                .Where(k => Math.Abs(at.LogLambdas[k] - centre[k]) < Range || at.Slopes[k] > 0 == at.LogLambdas[k] > centre[k]),
        ];

    /// <summary>Where a smooth is all but straight the likelihood is flat in ln λ, and its slope is lost in the rounding of a large λ.</summary>
    double ToleranceOf(SmoothingPoint at, int k) =>
        SlopeTolerance + SlopeRounding * VectorMath.Exp(Math.Max(at.LogLambdas[k] - centre[k], 0));

    static double Largest(SmoothingPoint at, int[] free) => free.Length == 0 ? 0 : free.Max(k => Math.Abs(at.Slopes[k]));

    SmoothingPoint? Advance(SmoothingPoint at, int[] free, bool exact)
    {
        var step = Step(at, free);
        for (var halving = 0; halving < 12; halving++)
        {
            var (moved, start) = ((double[])at.LogLambdas.Clone(), (double[])at.Beta.Clone());
            for (var f = 0; f < free.Length; f++)
            {
                var k = free[f];
                moved[k] = Math.Clamp(moved[k] + step[f], centre[k] - Range, centre[k] + Range);
                likelihood.Move(start, at.BetaSlopes[k], moved[k] - at.LogLambdas[k]);
            }
            var next = likelihood.Evaluate(moved, start, exact ? options.Tolerance : 1e-4);
            if (next.Value <= at.Value + 1e-9 * (Math.Abs(at.Value) + 1))
                return next;
            // Where Pearson's dispersion moves with the penalties, the optimum is where slopes vanish, not where the value is least.
            if (sharesColumns && exact && Largest(likelihood.WithExactSlopes(next), free) < 0.9 * Largest(at, free))
                return next;
            for (var f = 0; f < step.Length; f++)
                step[f] /= 2;
        }
        return null;
    }

    /// <summary>−(H + μI)⁻¹g with the smallest μ of a few that makes it go down, no entry larger than <see cref="MaxMove"/>.</summary>
    double[] Step(SmoothingPoint at, int[] free)
    {
        var (m, count) = (free.Length, penalties.Count);
        var slope = free.Select(k => -at.Slopes[k]).ToArray();
        if (sharesColumns)
            return Hurried(at, free, StepByDirection(at, free, slope));
        for (var damping = 0.0; ; damping = damping == 0 ? 1e-3 : 10 * damping)
        {
            var matrix = new double[m * m];
            for (var i = 0; i < m; i++)
            {
                for (var j = 0; j < m; j++)
                    matrix[i * m + j] = at.Curvature[free[i] * count + free[j]] + (i == j ? damping : 0);
            }
            var factor = PivotedCholesky.Factor(matrix, m, 1e-6);
            if (!factor.IsFull)
                continue;
            var step = Hurried(at, free, factor.Solve(slope));
            var longest = step.Max(Math.Abs);
            return longest > MaxMove ? [.. step.Select(move => move * MaxMove / longest)] : step;
        }
    }

    /// <summary>The likelihood nears its limit as 1/λ does: Newton's step is then 1, however far it is to where nothing changes.</summary>
    double[] Hurried(SmoothingPoint at, int[] free, double[] step)
    {
        for (var f = 0; f < step.Length; f++)
        {
            if (step[f] is > 0.8 and < 1.5 && at.LogLambdas[free[f]] - centre[free[f]] > Straight && at.Slopes[free[f]] < 0)
                step[f] = MaxMove;
        }
        return step;
    }

    /// <summary>Newton's step direction by direction of the curvature, downhill in each, none longer than <see cref="MaxMove"/>.</summary>
    /// <remarks>
    /// A surface is often all but straight along one margin and not along the other: damping that makes the one direction go down would all
    /// but stop the others, whose curvature is a thousandth.
    /// </remarks>
    double[] StepByDirection(SmoothingPoint at, int[] free, double[] slope)
    {
        var (m, count) = (free.Length, penalties.Count);
        var matrix = new double[m * m];
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j < m; j++)
                matrix[i * m + j] = 0.5 * (at.Curvature[free[i] * count + free[j]] + at.Curvature[free[j] * count + free[i]]);
        }
        var (values, vectors) = SymmetricEigen.Of(matrix, m);
        var step = new double[m];
        for (var k = 0; k < m; k++)
        {
            var vector = vectors.AsSpan(k * m, m);
            var force = Reduce.Dot(vector, slope);
            if (force != 0)
                Reduce.AddScaled(Math.Clamp(force / Math.Max(Math.Abs(values[k]), 1e-12), -MaxMove, MaxMove), vector, step);
        }
        return step;
    }

    /// <summary>ln λ at which penalty and information weigh the same.</summary>
    static double[] CentreOf(double[] information, PreparedDesign prepared)
    {
        var (places, p) = (prepared.Places(), prepared.Active.Length);
        return
        [
            .. prepared.Design.Penalties.Select(penalty =>
            {
                var (own, force) = (0.0, 0.0);
                for (var i = 0; i < penalty.Size; i++)
                {
                    // What the penalty does not hold says nothing of its weight, where other penalties share the columns.
                    if (penalty.Diagonal is { } held && held[i] == 0)
                        continue;
                    var place = places[penalty.Start + i];
                    own += place < 0 ? 0 : information[place * (p + 1)];
                    force += penalty.Matrix[i * (penalty.Size + 1)];
                }
                return VectorMath.Log(own / force);
            }),
        ];
    }
}
