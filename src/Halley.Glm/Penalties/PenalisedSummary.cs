using System.Globalization;

namespace Halley.Glm;

/// <summary>Turns a chosen model of a path into what a user reads and what scores.</summary>
sealed class PenalisedSummary(
    LearnRows rows,
    LearnInputs inputs,
    GlmDesign design,
    GlmOptions options,
    PathModels path,
    int chosen,
    double nullDeviance
)
{
    internal GlmFit Summarise(CancellationToken cancellation)
    {
        var (search, point) = (path.Search, path.Points[chosen]);
        // The path ended at its last model; the chosen one may lie before it.
        search.Return(path.Betas[chosen]);
        var effective = search.EffectiveParameters(point.Strength);
        var declared = Declared(search.Beta);
        var reported = design.WithOrder([.. design.Order.Where(full => full == 0 || !IsBase(full))]);
        var count = reported.Order.Length;
        var unknown = new double[count * count];
        Array.Fill(unknown, double.NaN);
        var solution = new GlmSolution
        {
            Prepared = new(reported, new ColumnState[count]),
            Information = [],
            UnscaledInverse = [],
            Lambdas = [],
            Beta = declared,
            InternalBeta = design.ToFull(search.Beta),
            States = new ColumnState[count],
            UnscaledCovariance = unknown,
            Sums = search.Sums,
            NullDeviance = nullDeviance,
            Iterations = search.Iterations,
            Converged = path.Converged,
            LastStep = path.LastStep,
            EffectiveRank = Math.Max(1, (int)Math.Round(effective)),
        };
        var fit = new FitSummary(rows, inputs, solution, options, null).Summarise(cancellation);
        var parameters = effective + (rows.Problem.Family.FixedDispersion ? 0 : 1);
        string[] notes = [.. Notes(point, effective)];
        return fit with
        {
            TermTests = [],
            Notes = notes,
            Advice = notes.Length == 0 ? null : string.Join(Environment.NewLine, notes),
            Aic = 2 * parameters - 2 * fit.LogLikelihood,
            Bic = Kernels.VectorMath.Log(rows.Problem.RowCount) * parameters - 2 * fit.LogLikelihood,
            Penalty = new()
            {
                Strength = point.Strength,
                Objective = point.Objective,
                Nonzero = point.Nonzero,
                EffectiveParameters = effective,
                Path = path.Points,
            },
        };
    }

    /// <summary>Coefficients of the declared columns, those of factors against their base level. Shape (full columns).</summary>
    double[] Declared(double[] beta)
    {
        var declared = design.ToFull(beta);
        design.ToDeclared(declared);
        for (var t = 0; t < design.Terms.Count; t++)
        {
            var term = design.Terms[t];
            if (term.Parts is not [{ Coder: not null } part])
                continue;
            var own = declared.AsSpan(design.TermStarts[t], term.Encoded.CellCount);
            var shift = own[part.BaseLevel];
            declared[0] += shift;
            foreach (ref var level in own)
                level -= shift;
        }
        return declared;
    }

    bool IsBase(int full)
    {
        var (term, cell, _) = design.Locate(full);
        return term.IsBase(cell);
    }

    IEnumerable<string> Notes(PenaltyPathPoint point, double effective)
    {
        if (!path.Converged)
        {
            yield return $"the fit did not converge: the last step was {InvariantText.Of(path.LastStep)} standard errors long. "
                + $"Raise max_iterations above {options.MaxIterations}, or fit with more strength.";
        }
        yield return $"penalised fit: strength {point.Strength.ToString("G6", CultureInfo.InvariantCulture)}, "
            + (point.Nonzero == 1 ? "1 coefficient that is not 0, " : $"{point.Nonzero} coefficients that are not 0, ")
            + $"{InvariantText.Of(Math.Round(effective, 2))} effective parameters; standard errors are not given, since the penalty moves the estimates.";
        if (options.Penalty!.Strength is null && chosen == path.Points.Count - 1)
            yield return "the least strength of the path was chosen: lower path_ratio, the best one may lie beyond.";
    }
}
