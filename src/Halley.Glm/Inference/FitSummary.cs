using Halley.Kernels;
using Halley.Statistics;

namespace Halley.Glm;

/// <summary>Turns the solver's numbers into what a user reads and what scores.</summary>
/// <param name="shape">What was estimated of the family itself; null for nothing.</param>
sealed class FitSummary(LearnRows rows, LearnInputs inputs, GlmSolution solution, GlmOptions options, ShapeEstimate? shape)
{
    readonly GlmProblem problem = rows.Problem;
    readonly GlmDesign design = solution.Design;
    readonly GlmInference inference = new(rows, solution, options);
    readonly double dispersion = solution.DispersionIn(rows.Problem);

    internal GlmFit Summarise(CancellationToken cancellation)
    {
        var fitted = new FittedRows(problem, solution, cancellation);
        var sums = RowSummary.Of(design, fitted, cancellation);
        var covariance = inference.Covariance(options.Errors, options.Cluster, cancellation);
        var errors = inference.StandardErrors(covariance);
        var intervals = Intervals(errors, cancellation);
        var coefficients = Coefficients(errors, intervals);
        var curves = new SmoothCurves(inputs, solution, dispersion);
        var quantile = NormalDistribution.TwoSidedQuantile(options.ConfidenceLevel);
        var relativities = new RatingFactors(sums, solution, errors, intervals, curves, quantile).All();
        double? logLikelihood = problem.Family.HasLikelihood ? fitted.LogLikelihood(problem.Family) : shape?.LogLikelihood;
        var parameters = solution.EffectiveDegrees + (problem.Family.FixedDispersion ? 0 : 1) + (shape is null ? 0 : 1);
        var notes = new FitNotes(problem, sums, inputs, solution, options, coefficients, shape).All();
        var scorer = Scorer();
        return new()
        {
            Scorer = ControlVariables.Fold(scorer, options.Controls),
            ScorerWithControls = scorer,
            Family = problem.Family,
            Link = problem.Link,
            Coefficients = coefficients,
            Covariance = covariance,
            TermTests = inference.TermTests(options.LikelihoodRatioTests, options.Errors, options.Cluster, cancellation),
            Relativities = relativities,
            Dispersion = dispersion,
            Deviance = solution.Sums.Deviance,
            NullDeviance = solution.NullDeviance,
            PearsonStatistic = solution.Sums.Pearson,
            LogLikelihood = logLikelihood,
            Aic = 2 * parameters - 2 * logLikelihood,
            Bic = VectorMath.Log(problem.RowCount) * parameters - 2 * logLikelihood,
            Shape = shape,
            Rank = solution.Rank,
            EffectiveDegrees = solution.EffectiveDegrees,
            RestrictedScore = solution.RestrictedScore,
            Smooths = curves.All(),
            RowCount = problem.RowCount,
            Iterations = solution.Iterations,
            LastStep = solution.LastStep,
            Converged = solution.Converged,
            Inference = inference,
            Notes = notes,
            Advice = notes.Count == 0 ? null : string.Join(Environment.NewLine, notes),
        };
    }

    /// <summary>Shape (order).</summary>
    (double Lower, double Upper)[] Intervals(IReadOnlyList<double> errors, CancellationToken cancellation)
    {
        var intervals = new (double, double)[errors.Count];
        for (var i = 0; i < intervals.Length; i++)
        {
            intervals[i] =
                options.ProfileIntervals && solution.Prepared.Elimination?.Holds(design.Order[i]) != true
                    ? inference.ProfileInterval(i, options.ConfidenceLevel, cancellation)
                    : inference.WaldInterval(i, options.ConfidenceLevel, errors[i]);
        }
        return intervals;
    }

    GlmCoefficient[] Coefficients(IReadOnlyList<double> errors, (double Lower, double Upper)[] intervals)
    {
        var coefficients = new GlmCoefficient[errors.Count];
        coefficients[0] = Coefficient(0, GlmCoefficient.ConstantName, GlmCoefficient.ConstantName, null, errors[0], intervals[0]);
        for (var i = 1; i < coefficients.Length; i++)
        {
            var (term, cell, column) = design.Locate(design.Order[i]);
            var name = term.CoefficientName(cell, column);
            coefficients[i] = Coefficient(i, name, term.Name, term.LevelsOf(cell), errors[i], intervals[i]);
        }
        return coefficients;
    }

    GlmCoefficient Coefficient(
        int i,
        string name,
        string term,
        string? level,
        double error,
        (double Lower, double Upper) interval
    )
    {
        var aliased = solution.States[i] == ColumnState.Aliased;
        var estimate = aliased ? double.NaN : solution.Beta[design.Order[i]];
        return new()
        {
            Name = name,
            Term = term,
            Level = level,
            Estimate = estimate,
            StandardError = error,
            Lower = aliased ? double.NaN : interval.Lower,
            Upper = aliased ? double.NaN : interval.Upper,
            PValue = PValue(Math.Abs(estimate / error)),
            IsAliased = aliased,
            IsUnbounded = solution.States[i] is not (ColumnState.Estimated or ColumnState.Aliased),
        };
    }

    double PValue(double statistic) =>
        problem.Family.FixedDispersion
            ? 2 * NormalDistribution.Upper(statistic)
            : StudentDistribution.TwoSided(statistic, problem.RowCount - solution.Rank);

    GlmScorer Scorer() =>
        new(
            inputs.Inputs,
            solution.Beta[0],
            design.Terms.Select(
                (term, t) =>
                    new ScorerTerm(term.Encoded, term.Scoring(solution.Beta.AsSpan(design.TermStarts[t], term.ColumnCount)))
            )
        );
}
