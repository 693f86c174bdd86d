using Halley.Data;
using Halley.Statistics;

namespace Halley.Glm;

/// <summary>Maximum likelihood for a generalised linear model by iteratively reweighted least squares.</summary>
/// <remarks>
/// Source: McCullagh and Nelder (1989), Generalized Linear Models, section 2.5. Where the observed curvature can't be negative it
/// takes the place of the expected one (Newton's method): fewer steps to the same optimum. Covariances rest on the expected one.
/// </remarks>
static class GlmSolver
{
    /// <summary>Coefficient, on the link scale, that stands for one that grows without bound: e^−30 of a claim is none.</summary>
    const double Unbounded = 30;

    const double UnboundedProbit = 7;

    /// <summary>Smallest pivot of the scaled information matrix that still gives a standard error; above the one where steps freeze.</summary>
    const double CovarianceTolerance = 1e-12;

    internal static GlmSolution Fit(FitTask task, IProgress<FitProgress>? progress, CancellationToken cancellation)
    {
        var (problem, prepared, options) = (task.Problem, task.Prepared, task.Options);
        // 1. The constant alone: the start of the search, and the null deviance.
        var null0 = task.Constant ?? FitNull(problem, options, cancellation);

        // 2. Newton's steps from there.
        var (design, active) = (prepared.Design, prepared.Active);
        var penalty = task.Lambdas.Count == 0 ? null : PenaltyMatrix.Over(design, active, task.Lambdas);
        var start = task.Start ?? Start(problem, prepared, null0);
        var found = options.BiasReduction
            ? BiasReduction.Search(task, start, progress, cancellation)
            : Search(task, penalty, start, progress, cancellation);

        // 3. Covariance from the expected information at the optimum, and everything back in the declared columns.
        return Solution(task, found, null0.Deviance, penalty);
    }

    static SearchResult Search(
        FitTask task,
        double[]? penalty,
        double[] start,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation
    )
    {
        var pass = new GlmPass(task.Problem, task.Prepared.Design);
        var newton = new NewtonState(
            task.Problem,
            pass,
            new(task.Prepared.Active, penalty) { Elimination = task.Prepared.Elimination },
            start,
            cancellation,
            task.StartPoint
        );
        newton.Run(task.Options, progress);
        var point = newton.Point;
        if (pass.HasObserved)
        {
            if (!ReferenceEquals(point, task.StartPoint))
                pass.Forget(point);
            point = pass.Evaluate(point.Beta, Curvature.Expected, cancellation);
        }
        return new(point, newton.Iterations, newton.Converged, newton.LastStep);
    }

    /// <summary>The model with the constant alone.</summary>
    internal static GlmPoint FitNull(GlmProblem problem, GlmOptions options, CancellationToken cancellation)
    {
        var design = problem.Chunks is null ? GlmDesign.ConstantOnly(problem.RowCount) : ChunkedDesign.ConstantOnly(problem);
        var start = StartPoint.Constant(problem);
        var newton = new NewtonState(problem, new(problem, design), new([0]), [start], cancellation);
        if (!newton.Point.IsAllowed)
            GlmErrors.ThrowStart(problem.Link.Name, start);
        newton.Run(options, null);
        return newton.Point;
    }

    static double[] Start(GlmProblem problem, PreparedDesign prepared, GlmPoint nullPoint)
    {
        var far = problem.Link.Function == LinkFunction.Probit ? UnboundedProbit : Unbounded;
        var (design, states) = (prepared.Design, prepared.States);
        var start = design.GivenBeta();
        start[0] = nullPoint.Beta[0];
        for (var i = 0; i < states.Length; i++)
        {
            if (states[i] == ColumnState.RunsToMinusInfinity)
                start[design.Order[i]] = -far;
            else if (states[i] == ColumnState.RunsToInfinity)
                start[design.Order[i]] = far;
        }
        return start;
    }

    static GlmSolution Solution(FitTask task, SearchResult found, double nullDeviance, double[]? penalty)
    {
        var prepared = task.Prepared;
        var (design, active, point) = (prepared.Design, prepared.Active, found.Point);
        var beta = (double[])point.Beta.Clone();
        design.ToDeclared(beta);
        if (prepared.Elimination is not null)
            return Bordered(task, found, nullDeviance, beta);
        var information = design.Gathered.ModelLayout.Assemble(point.Products, active);
        var matrix = (double[])information.Clone();
        if (penalty is not null)
            Kernels.Reduce.AddScaled(1, penalty, matrix);
        var factor = PivotedCholesky.Factor(matrix, active.Length, CovarianceTolerance);
        var final = Drift.Mark(
            design,
            prepared.States,
            active,
            factor.Dropped,
            j => factor.Solve(matrix.AsSpan(j * active.Length, active.Length))
        );
        var inverse = factor.Inverse();
        return new()
        {
            Prepared = prepared,
            Beta = beta,
            InternalBeta = point.Beta,
            States = final,
            Information = information,
            UnscaledInverse = inverse,
            UnscaledCovariance = DeclaredCovariance.Of(design, final, active, inverse),
            Lambdas = task.Lambdas,
            Sums = point.Sums,
            NullDeviance = nullDeviance,
            Iterations = found.Iterations,
            Converged = found.Converged,
            LastStep = found.LastStep,
        };
    }

    /// <summary>The same without any matrix of all coefficients.</summary>
    static GlmSolution Bordered(FitTask task, SearchResult found, double nullDeviance, double[] beta)
    {
        var (prepared, point) = (task.Prepared, found.Point);
        var (design, active) = (prepared.Design, prepared.Active);
        var matrix = new BorderedMatrix(design.Gathered.ModelLayout, point.Products, active, prepared.Elimination!);
        var factor = matrix.Factor(CovarianceTolerance);
        var final = Drift.Mark(design, prepared.States, active, factor.Dropped(), j => factor.Solve(matrix.Row(j)));
        return new()
        {
            Prepared = prepared,
            Beta = beta,
            InternalBeta = point.Beta,
            States = final,
            Information = [],
            UnscaledInverse = [],
            UnscaledCovariance = [],
            Bordered = new(prepared, matrix, factor, final),
            Lambdas = task.Lambdas,
            Sums = point.Sums,
            NullDeviance = nullDeviance,
            Iterations = found.Iterations,
            Converged = found.Converged,
            LastStep = found.LastStep,
        };
    }
}
