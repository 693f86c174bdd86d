namespace Halley.Optimization;

/// <summary>A policy's menu from its row: logistic demand over a grid of relative changes.</summary>
/// <remarks>chance(d) = 1/(1 + e^−(logit p₀ − b·d)) at the relative change d; cells in money units and millionths of a policy.</remarks>
static class PortfolioMenu
{
    internal const double KeptUnit = 1e6;

    // Order of the measures.
    internal const int Kept = 1;
    internal const int Premium = 2;
    internal const int Cost = 3;
    internal const int Change = 4;

    internal static readonly string[] Measures = ["profit", "kept", "premium", "cost", "change"];

    internal static double ChangeOf(PortfolioSpec spec, int option) =>
        spec.From + (spec.To - spec.From) * option / (spec.Prices - 1);

    internal static double Price(PortfolioSpec spec, double premium, int option) =>
        Math.Round(premium * (1 + ChangeOf(spec, option)), 2, MidpointRounding.AwayFromZero);

    /// <summary>Chance at a price; the slope may be scaled to see what an error in it does.</summary>
    internal static double ChanceAt(PortfolioRows rows, int row, double price, double slopeFactor) =>
        1
        / (
            1
            + Math.Exp(
                -(
                    Math.Log(rows.Chance[row] / (1 - rows.Chance[row]))
                    - slopeFactor * rows.Slope[row] * (price / rows.Premium[row] - 1)
                )
            )
        );

    internal static void Fill(
        PortfolioSpec spec,
        PortfolioRows rows,
        int row,
        double moneyUnit,
        double slopeFactor,
        Span<double> menu
    )
    {
        for (var option = 0; option < spec.Prices; option++)
        {
            var price = Price(spec, rows.Premium[row], option);
            var chance = ChanceAt(rows, row, price, slopeFactor);
            var cells = menu.Slice(option * Measures.Length, Measures.Length);
            cells[Kept] = Math.Round(KeptUnit * chance);
            cells[Premium] = Math.Round(moneyUnit * chance * price);
            cells[Cost] = Math.Round(moneyUnit * chance * rows.Cost[row]);
            cells[Change] = Math.Round(moneyUnit * (price - rows.Premium[row]));
            // The profit is what the two others leave, so that the plan's account adds up.
            cells[0] = cells[Premium] - cells[Cost];
        }
    }

    /// <summary>Units of money in one: cents where the largest price allows, else coarser.</summary>
    internal static double MoneyUnit(PortfolioSpec spec, PortfolioRows rows)
    {
        var largest = 1.0;
        for (var row = 0; row < rows.Count; row++)
            largest = Math.Max(largest, Math.Max(rows.Premium[row] * (1 + Math.Max(0, spec.To)), Math.Abs(rows.Cost[row])));
        var unit = 100.0;
        while (2 * largest * unit > PriceMenus.LargestCell)
            unit /= 10;
        return unit;
    }
}
