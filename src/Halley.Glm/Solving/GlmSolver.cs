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

    internal static GlmSolution Fit(
        GlmProblem problem,
        LearnInputs inputs,
        IReadOnlyList<DesignTerm> terms,
        GlmOptions options,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation
    )
    {
        // 1. The design, and which of its columns can have a finite coefficient.
        progress?.Report(new("reading the design", 0));
        var (design, states) = GlmDesigner.Design(problem, inputs, terms, cancellation);
        int[] active = [.. design.Order.Where((_, i) => states[i] == ColumnState.Estimated)];

        // 2. The constant alone: the start of the search, and the null deviance.
        var null0 = FitNull(problem, options, cancellation);

        // 3. Newton's steps from there.
        var newton = new NewtonState(problem, new(problem, design), active, Start(problem, design, states, null0), cancellation);
        newton.Run(options, progress);

        // 4. Covariance from the expected information at the optimum, and everything back in the declared columns.
        return Solution(problem, design, states, active, newton, null0.Deviance, cancellation);
    }

    static GlmPoint FitNull(GlmProblem problem, GlmOptions options, CancellationToken cancellation)
    {
        var design = GlmDesign.ConstantOnly(problem.RowCount);
        var start = StartPoint.Constant(problem);
        var newton = new NewtonState(problem, new(problem, design), [0], [start], cancellation);
        if (!newton.Point.IsAllowed)
            GlmErrors.ThrowStart(problem.Link.Name, start);
        newton.Run(options, null);
        return newton.Point;
    }

    static double[] Start(GlmProblem problem, GlmDesign design, ColumnState[] states, GlmPoint nullPoint)
    {
        var far = problem.Link.Function == LinkFunction.Probit ? UnboundedProbit : Unbounded;
        var start = new double[design.FullColumnCount];
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

    static GlmSolution Solution(
        GlmProblem problem,
        GlmDesign design,
        ColumnState[] states,
        int[] active,
        NewtonState newton,
        double nullDeviance,
        CancellationToken cancellation
    )
    {
        var pass = new GlmPass(problem, design);
        var point = pass.HasObserved ? pass.Evaluate(newton.Point.Beta, Curvature.Expected, cancellation) : newton.Point;
        var matrix = pass.Layout.Assemble(point.Products, active);
        var factor = PivotedCholesky.Factor(matrix, active.Length, CovarianceTolerance);
        var final = Drift.Mark(design, states, active, matrix, factor);
        var beta = (double[])point.Beta.Clone();
        design.ToDeclared(beta);
        return new()
        {
            Design = design,
            Beta = beta,
            InternalBeta = point.Beta,
            States = final,
            UnscaledCovariance = DeclaredCovariance.Of(design, final, active, factor.Inverse()),
            Sums = point.Sums,
            NullDeviance = nullDeviance,
            Iterations = newton.Iterations,
            Converged = newton.Converged,
            LastStep = newton.LastStep,
        };
    }
}
