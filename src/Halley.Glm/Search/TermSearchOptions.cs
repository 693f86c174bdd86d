namespace Halley.Glm;

/// <summary>How a stepwise search goes about.</summary>
public sealed record TermSearchOptions
{
    /// <summary>Default: AIC.</summary>
    public SearchCriterion Criterion { get; init; } = SearchCriterion.Aic;

    /// <summary>Default: both.</summary>
    public SearchDirection Direction { get; init; } = SearchDirection.Both;

    /// <summary>Names of terms that are never dropped. Default: none.</summary>
    public IReadOnlyCollection<string> Kept { get; init; } = [];

    /// <summary>Which rows are held out together, for <see cref="SearchCriterion.HeldOut"/>. Default: five folds, row by row.</summary>
    public FoldPlan Folds { get; init; } = new() { Count = 5 };

    /// <summary>Steps at most. Range 1 to 1,000. Default 100.</summary>
    public int MaximumSteps { get; init; } = 100;
}
