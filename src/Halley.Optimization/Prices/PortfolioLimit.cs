namespace Halley.Optimization;

/// <summary>One limit on the whole portfolio: Σ over policies of coefficient × measure of the chosen option is at most the bound.</summary>
public sealed record PortfolioLimit
{
    public required string Name { get; init; }

    /// <summary>Coefficients, shape (classes, measures); a limit on a segment has zeros elsewhere, one from below has negative ones.</summary>
    public required double[,] Coefficients { get; init; }

    /// <summary>Largest total that is allowed.</summary>
    public required double Bound { get; init; }

    /// <summary>A limit on one measure over some classes.</summary>
    /// <param name="isIncluded">Which classes count.</param>
    /// <param name="sign">1 for at most, −1 for at least (the bound is then the negative of what is to be reached).</param>
    public static PortfolioLimit On(
        string name,
        PriceMenus menus,
        int measure,
        double bound,
        Func<int, bool> isIncluded,
        int sign = 1
    )
    {
        var coefficients = new double[menus.ClassCount, menus.Measures.Count];
        for (var one = 0; one < menus.ClassCount; one++)
            coefficients[one, measure] = isIncluded(one) ? sign : 0;
        return new()
        {
            Name = name,
            Coefficients = coefficients,
            Bound = bound,
        };
    }
}
