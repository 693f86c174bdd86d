using Halley.Glm;

namespace Halley.Models;

/// <summary>Searches over the terms of a GLM's spec, on its learn rows alone.</summary>
public static class ModelSearch
{
    /// <summary>Distinct values above which a number is taken for a curve, not a factor.</summary>
    const int FactorValues = 12;

    /// <summary>Stepwise search from the spec's terms.</summary>
    /// <param name="scope">Terms that may come in beside the spec's own.</param>
    /// <exception cref="HalleyException">HLY3463: the learner is no GLM; HLY2160: the search can't be done; or as a fit that meets these data.</exception>
    public static TermSearchResult Terms(
        ModelSpec spec,
        Table table,
        IReadOnlyList<Term> scope,
        TermSearchOptions? options = null,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        options ??= new();
        var data = SearchData.Of(spec, table, scope, [.. options.Folds.Columns]);
        return TermSearch.Run(data.Options, data.Set, scope, options, progress, cancellation);
    }

    /// <summary>Whether each term does the same in every part of the learn rows.</summary>
    /// <param name="column">Column whose values are the parts; null for folds.</param>
    /// <param name="folds">How rows are dealt out where no column is named.</param>
    /// <exception cref="HalleyException">HLY3463: the learner is no GLM; HLY2161: the parts can't be compared; or as a fit that meets these data.</exception>
    public static IReadOnlyList<TermConsistency> Consistency(
        ModelSpec spec,
        Table table,
        string? column,
        FoldPlan? folds = null,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        folds ??= new() { Count = 5 };
        var data = SearchData.Of(spec, table, [], column is null ? [.. folds.Columns] : [column]);
        return column is null
            ? FactorConsistency.ByFolds(data.Options, data.Set, folds, progress, cancellation)
            : FactorConsistency.ByColumn(data.Options, data.Set, column, progress, cancellation);
    }

    /// <summary>The term that a column gets where none is declared: a factor, or for numbers of more than twelve values a natural spline of four degrees of freedom.</summary>
    /// <exception cref="HalleyException">HLY1001: there is no such column.</exception>
    public static Term UsualTerm(Table table, string column) =>
        table[column] is NumericColumn numbers
        && numbers.Values.ToArray().Distinct().Take(FactorValues + 1).Count() > FactorValues
            ? new NaturalSplineTerm(column)
            : new FactorTerm(column);
}
