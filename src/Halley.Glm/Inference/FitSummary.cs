using Halley.Kernels;
using Halley.Statistics;

namespace Halley.Glm;

/// <summary>Turns the solver's numbers into what a user reads and what scores.</summary>
/// <param name="shape">What was estimated of the family itself; null for nothing.</param>
sealed class FitSummary(LearnRows rows, LearnInputs inputs, GlmSolution solution, GlmOptions options, ShapeEstimate? shape)
{
    readonly GlmProblem problem = rows.Problem;
    readonly GlmDesign design = solution.Design;
    readonly double dispersion = rows.Problem.DispersionAt(solution.Sums, solution.EffectiveDegrees);

    internal GlmFit Summarise(CancellationToken cancellation)
    {
        var means = solution.Means(problem, cancellation);
        var errors = StandardErrors();
        var coefficients = Coefficients(errors);
        var relativities = new RatingFactors(rows, solution, errors, options.ConfidenceLevel).All(means);
        double? logLikelihood = problem.Family.HasLikelihood
            ? problem.Family.LogLikelihood(problem.Target, means, problem.Weight)
            : shape?.LogLikelihood;
        var parameters = solution.EffectiveDegrees + (problem.Family.FixedDispersion ? 0 : 1) + (shape is null ? 0 : 1);
        var notes = new FitNotes(rows, inputs, solution, options, coefficients, means, shape).All();
        return new()
        {
            Scorer = Scorer(),
            Family = problem.Family,
            Link = problem.Link,
            Coefficients = coefficients,
            Covariance = Covariance(),
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
            RowCount = problem.RowCount,
            Iterations = solution.Iterations,
            LastStep = solution.LastStep,
            Converged = solution.Converged,
            Notes = notes,
            Advice = notes.Count == 0 ? null : string.Join(Environment.NewLine, notes),
        };
    }

    /// <summary>Shape (order).</summary>
    double[] StandardErrors()
    {
        var count = solution.States.Count;
        var errors = new double[count];
        for (var i = 0; i < count; i++)
        {
            errors[i] = solution.States[i] switch
            {
                ColumnState.Estimated => Math.Sqrt(dispersion * solution.UnscaledCovariance[i * count + i]),
                ColumnState.Aliased => double.NaN,
                _ => double.PositiveInfinity,
            };
        }
        return errors;
    }

    SymmetricMatrix Covariance() =>
        new(solution.States.Count, [.. solution.UnscaledCovariance.Select(value => dispersion * value)]);

    GlmCoefficient[] Coefficients(double[] errors)
    {
        var coefficients = new GlmCoefficient[errors.Length];
        coefficients[0] = Coefficient(0, GlmCoefficient.ConstantName, GlmCoefficient.ConstantName, null, errors);
        for (var i = 1; i < coefficients.Length; i++)
        {
            var (term, cell, column) = design.Locate(design.Order[i]);
            var name = term.CoefficientName(cell, column);
            coefficients[i] = Coefficient(i, name, term.Name, term.LevelsOf(cell), errors);
        }
        return coefficients;
    }

    GlmCoefficient Coefficient(int i, string name, string term, string? level, double[] errors)
    {
        var aliased = solution.States[i] == ColumnState.Aliased;
        var estimate = aliased ? double.NaN : solution.Beta[design.Order[i]];
        return new()
        {
            Name = name,
            Term = term,
            Level = level,
            Estimate = estimate,
            StandardError = errors[i],
            PValue = PValue(Math.Abs(estimate / errors[i])),
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
                    new ScorerTerm(
                        term.Encoded,
                        solution.Beta.AsSpan(design.TermStarts[t], term.Encoded.CoefficientCount).ToArray()
                    )
            )
        );
}
