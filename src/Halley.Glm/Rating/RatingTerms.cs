using Halley.Data;

namespace Halley.Glm;

/// <summary>The terms of a GLM that can hold several rating tables at once.</summary>
public static class RatingTerms
{
    /// <summary>One term for each column, and for each set of columns that a table has a factor of; bands are cut where any table cuts them.</summary>
    /// <remarks>Where one table bands a number and another lists its values, the values stand: bands are sums of them.</remarks>
    public static IReadOnlyList<Term> Of(IEnumerable<RatingTable> tables)
    {
        var factors = tables.SelectMany(table => table.Factors).ToList();
        return
        [
            .. factors
                .GroupBy(Key)
                .OrderBy(group => group.First().Axes.Count)
                .Select(group =>
                {
                    // Axes of one column in the order of the first table that has them.
                    var parts = group
                        .First()
                        .Axes.Select(axis =>
                            PartOf([.. group.SelectMany(factor => factor.Axes).Where(own => own.Column == axis.Column)])
                        )
                        .ToArray();
                    return parts.Length == 1 ? parts[0] : (Term)new InteractionTerm(parts);
                }),
        ];
    }

    static string Key(RatingFactor factor) =>
        string.Join('\n', factor.Axes.Select(axis => axis.Column).Order(StringComparer.Ordinal));

    static ColumnTerm PartOf(IReadOnlyList<RatingAxis> axes)
    {
        var column = axes[0].Column;
        if (axes.All(axis => axis.Kind == RatingAxisKind.Band))
            return new BandedTerm(column, [.. axes.SelectMany(axis => axis.Numbers).Distinct().Order()]);
        var unknown = axes.Select(axis => axis.Kind == RatingAxisKind.Value ? axis.UnknownLevel : null)
            .FirstOrDefault(level => level is not null);
        return new FactorTerm(column)
        {
            WhenUnseen = unknown switch
            {
                null or RatingAxis.Unknown => ValueRule.Reject,
                LevelTerm.MissingLevel => ValueRule.Missing,
                _ => ValueRule.Replace(unknown),
            },
        };
    }
}
