namespace Halley.Glm;

/// <summary>A price on large coefficients, and limits to them.</summary>
/// <remarks>
/// The fit minimises Σw·d/(2·Σw) + λ·(α·Σ vⱼ|bⱼ| + (1 − α)/2·Σ vⱼ·bⱼ²), d the unit deviance, λ <see cref="Strength"/>, α
/// <see cref="L1Ratio"/>, v the weights of <see cref="Terms"/>; the constant is free. Other kinds than <see cref="PenaltyKind.Each"/>
/// put their own sum in place of Σ|bⱼ|. Factors are penalised as contrasts to their base level, unless <see cref="AllLevels"/>.
/// </remarks>
public sealed record GlmPenalty
{
    /// <summary>λ, at least 0; null to fit a path of strengths and choose one by <see cref="Folds"/>.</summary>
    public double? Strength { get; init; }

    /// <summary>Share α of the absolute part: 0 ridge, 1 lasso. Range [0, 1]. Default 1.</summary>
    public double L1Ratio { get; init; } = 1;

    /// <summary>Which coefficients are measured in standard deviations of their column. Default: those of numbers.</summary>
    public PenaltyScale Scale { get; init; }

    /// <summary>
    /// Whether every level of a factor has a penalised coefficient, the base too, so that the choice of a base changes no
    /// prediction. The table shows relativities to the base all the same. Default: no.
    /// </summary>
    public bool AllLevels { get; init; }

    /// <summary>Terms that are not simply penalised with weight 1.</summary>
    public IReadOnlyList<PenaltyTerm> Terms { get; init; } = [];

    /// <summary>Strengths of the path. Range 2 to 1,000. Default 100.</summary>
    public int PathLength { get; init; } = 100;

    /// <summary>Least strength of the path over the greatest, from which on all penalised terms are out. Range (0, 1). Null: 1e-4; 1e-2 where columns outnumber rows.</summary>
    public double? PathRatio { get; init; }

    /// <summary>How rows are held out to choose the strength. Default: ten random folds.</summary>
    public FoldPlan Folds { get; init; } = new();

    /// <summary>Default: the simplest model within one standard error of the best.</summary>
    public StrengthChoice Choice { get; init; } = StrengthChoice.OneStandardError;

    /// <summary>
    /// Stop after a step that moves every combination of coefficients by less than this part of its standard error; the error that is
    /// left is about its square. Range (0, 1]. Default 1e-6.
    /// </summary>
    public double Tolerance { get; init; } = 1e-6;

    internal IEnumerable<string> Problems()
    {
        if (!(Strength is null or (>= 0 and < double.PositiveInfinity)))
            yield return $"penalty: strength {InvariantText.Of(Strength.Value)} is not a number from 0 up";
        if (!(L1Ratio is >= 0 and <= 1))
            yield return $"penalty: l1_ratio {InvariantText.Of(L1Ratio)} is outside 0 to 1";
        if (PathLength is < 2 or > 1000)
            yield return $"penalty: a path of {PathLength} strengths is outside 2 to 1000";
        if (!(PathRatio is null or (> 0 and < 1)))
            yield return $"penalty: path ratio {InvariantText.Of(PathRatio.Value)} is outside 0 to 1";
        if (!(Tolerance is > 0 and <= 1))
            yield return $"penalty: tolerance {InvariantText.Of(Tolerance)} is outside (0, 1]";
        foreach (var twice in Terms.GroupBy(term => term.Term).Where(group => group.Count() > 1))
            yield return $"penalty: term '{twice.Key}' is named {twice.Count()} times";
        foreach (
            var term in Terms.Where(term =>
                AllLevels && (term.Kind is PenaltyKind.Steps or PenaltyKind.Pairs || term.Monotone != MonotoneRule.Free)
            )
        )
            yield return $"penalty of '{term.Term}': steps, pairs and monotone rules count from the base level; leave out all_levels";
        foreach (var problem in Terms.SelectMany(term => term.Problems()).Concat(Folds.Problems()))
            yield return problem;
    }
}
