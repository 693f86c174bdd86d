namespace Halley.Glm;

/// <summary>What a reader of the fit should know, in words: one sentence or two each, with the remedy.</summary>
sealed class FitNotes(
    GlmProblem problem,
    RowSummary rows,
    LearnInputs inputs,
    GlmSolution solution,
    GlmOptions options,
    IReadOnlyList<GlmCoefficient> coefficients,
    ShapeEstimate? shape
)
{
    /// <summary>Names listed in one note at most.</summary>
    const int MaxNames = 8;

    readonly GlmDesign design = solution.Design;

    /// <summary>Whether credibility and Firth's correction can be had: not where a factor of very many levels is solved for first.</summary>
    bool HasFullMatrix => solution.Prepared.Elimination is null;

    internal IReadOnlyList<string> All() =>
        [
            .. Convergence(),
            .. Shape(),
            .. Aliased(),
            .. WithoutRows(),
            .. Unbounded(),
            .. Drifting(),
            .. BasesWithoutClaims(),
            .. Separation(),
            .. ManyLevels(),
        ];

    IEnumerable<string> Convergence()
    {
        if (solution.Converged)
            yield break;
        yield return $"the fit did not converge: after {solution.Iterations} steps the last one was {InvariantText.Of(solution.LastStep)} standard "
            + (
                solution.Iterations >= options.MaxIterations
                    ? $"errors long. Raise max_iterations above {options.MaxIterations}"
                    : "errors long, and no shorter one lowers the deviance. Use the log link, scale the target"
            )
            + ", or leave out terms with few rows a level.";
    }

    /// <summary>A family's own parameter at the end of its range.</summary>
    IEnumerable<string> Shape()
    {
        if (shape is null or { IsInterior: true })
            yield break;
        yield return shape.Dispersion == 1
            ? "the counts vary no more than Poisson's around these means, so theta grows without bound "
                + $"({InvariantText.Of(shape.Value)} stands for that). Use family poisson."
            : $"the likelihood rises to the end of the range of Tweedie powers, {InvariantText.Of(shape.Value)}. "
                + $"Use family {(shape.Value < 1.5 ? "poisson or quasipoisson" : "gamma on the claims alone")}.";
    }

    /// <summary>Columns that others explain.</summary>
    IEnumerable<string> Aliased()
    {
        for (var i = 0; i < coefficients.Count; i++)
        {
            if (!coefficients[i].IsAliased || HasNoRows(i))
                continue;
            var (term, _, _) = design.Locate(design.Order[i]);
            yield return IsConstant(term)
                ? $"'{coefficients[i].Name}' has one value in all rows, so it has no coefficient. Drop the term."
                : $"'{coefficients[i].Name}' is explained by {Explaining(i)}, so it has no coefficient (aliased). Drop it, or one of those.";
        }
        foreach (
            var term in design.Terms.Where(term =>
                !term.IsByLevel && term.Encoded.CellCount == 1 && term.Encoded.Coders.Count > 0
            )
        )
            yield return $"'{term.Name}' has one level in all rows, so it has no coefficient. Drop the term.";
    }

    /// <summary>A factor that is solved for first stands before all others.</summary>
    string Explaining(int i) =>
        solution.Prepared.Elimination is { } first && design.Order[i] < first.Start
            ? $"the columns before it and the levels of '{design.Terms[first.Term].Name}'"
            : "the columns before it";

    /// <summary>Levels and cells that no row has: one note a term.</summary>
    IEnumerable<string> WithoutRows()
    {
        var empty = coefficients
            .Select((coefficient, i) => (coefficient, i))
            .Where(pair => pair.coefficient.IsAliased && HasNoRows(pair.i));
        foreach (var group in empty.GroupBy(pair => pair.coefficient.Term))
            yield return $"no row has {Named(group.Key, group.Select(pair => pair.coefficient.Level!))}: it has no coefficient and scores like the base level.";
    }

    /// <summary>Levels and cells with rows and nothing to count in them.</summary>
    IEnumerable<string> Unbounded()
    {
        var unbounded = coefficients.Where(
            (_, i) => solution.States[i] is ColumnState.RunsToMinusInfinity or ColumnState.RunsToInfinity
        );
        foreach (var group in unbounded.GroupBy(coefficient => (coefficient.Term, coefficient.Estimate > 0)))
        {
            yield return $"the target is {(group.Key.Item2 ? "1" : "0")} in every row of {Named(group.Key.Term, group.Select(c => c.Level!))}: "
                + $"the coefficient would be {(group.Key.Item2 ? "+∞" : "−∞")}, and {InvariantText.Of(group.First().Estimate)} stands for it. "
                + (
                    HasFullMatrix
                        ? "Group it with another level, leave its rows out, take the factor by credibility, or reduce bias (Firth)."
                        : "Group it with another level, or leave its rows out."
                );
        }
    }

    /// <summary>Coefficients that grow together.</summary>
    IEnumerable<string> Drifting()
    {
        string[] names = [.. coefficients.Where((_, i) => solution.States[i] == ColumnState.Drifts).Select(c => $"'{c.Name}'")];
        if (names.Length == 0)
            yield break;
        yield return $"{string.Join(", ", names.Take(MaxNames))}{(names.Length > MaxNames ? $" and {names.Length - MaxNames} more" : "")} "
            + "grow without bound together, because they tell some rows apart without error; their estimates only stand for that. "
            + $"Group levels of these terms, name another base level, {(HasFullMatrix ? "drop one of the terms, or reduce bias (Firth)" : "or drop one of the terms")}.";
    }

    /// <summary>Base levels with rows and nothing to count: all other coefficients of the term run away from it.</summary>
    IEnumerable<string> BasesWithoutClaims()
    {
        if (options.BiasReduction || problem.Family.InDomain(-1) || !problem.Family.InDomain(0))
            yield break;
        for (var t = 0; t < design.Terms.Count; t++)
        {
            if (design.Terms[t].Parts is not [{ Coder: not null, Contrasts: true } part])
                continue;
            if (!(rows.At(design.TermStarts[t], part.BaseLevel).Observed > 0))
            {
                yield return $"the target is 0 in every row of {Named(design.Terms[t].Name, [part.Coder.Levels[part.BaseLevel]])}, the base level: "
                    + "no coefficient of the term is finite. Name another base level.";
            }
        }
    }

    IEnumerable<string> Separation()
    {
        if (!problem.IsBinomial || coefficients.Any(coefficient => coefficient.IsUnbounded))
            yield break;
        if (rows.CertainCount == 0)
            yield break;
        var widest = coefficients.Where(coefficient => !coefficient.IsAliased).MaxBy(coefficient => coefficient.StandardError)!;
        yield return $"fitted probabilities are 0 or 1 in {rows.CertainCount} rows: the terms separate them without error, so some coefficients are not finite; "
            + $"'{widest.Name}' has the largest standard error. Group its levels, drop it, or reduce bias (Firth).";
    }

    /// <summary>What the levels that are solved for first do without.</summary>
    IEnumerable<string> ManyLevels()
    {
        if (solution.Prepared.Elimination is not { } first)
            yield break;
        var name = design.Terms[first.Term].Name;
        if (options.ProfileIntervals)
            yield return $"intervals of the levels of '{name}' are Wald's, one profile a level would take very many fits; ask for those of single levels where they matter.";
        if (options.Errors != ErrorKind.Model)
            yield return $"'{name}' as a whole has no Wald test: errors that do not trust the family say too little of so many levels together. Compare the deviance without the term.";
    }

    bool HasNoRows(int i)
    {
        if (coefficients[i].Level is null)
            return false;
        var (_, cell, _) = design.Locate(design.Order[i]);
        return rows.At(design.BlockOf(design.Order[i]).Start, cell).RowCount == 0;
    }

    bool IsConstant(DesignTerm term) =>
        !term.IsMapped && term.Encoded.Coders.Count == 0 && term.Encoded.Bases.All(basis => inputs.IsConstant(basis.Input));

    static string Named(string term, IEnumerable<string> levels)
    {
        string[] all = [.. levels];
        var listed = string.Join(", ", all.Take(MaxNames).Select(level => $"'{level}'"));
        var more = all.Length > MaxNames ? $" and {all.Length - MaxNames} more" : "";
        return $"'{term}' {(all.Length == 1 ? "level" : "levels")} {listed}{more}";
    }
}
