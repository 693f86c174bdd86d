namespace Halley.Optimization;

/// <summary>A policy's menu as cells, in units of money and millionths of a policy.</summary>
static class PortfolioMenu
{
    internal const double KeptUnit = 1e6;

    // Order of the measures.
    internal const int Kept = 1;
    internal const int Premium = 2;
    internal const int Cost = 3;
    internal const int Change = 4;

    internal static readonly string[] Measures = ["profit", "kept", "premium", "cost", "change"];

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

    internal static void Fill(PortfolioSpec spec, PortfolioRows rows, int row, double moneyUnit, Span<double> menu)
    {
        for (var option = 0; option < spec.Prices; option++)
        {
            var (price, chance) = (rows.Demand.PriceAt(row, option), rows.Demand.ChanceAt(row, option, 1));
            var cells = menu.Slice(option * Measures.Length, Measures.Length);
            cells[Kept] = Math.Round(KeptUnit * chance);
            cells[Premium] = Math.Round(moneyUnit * chance * price);
            cells[Cost] = Math.Round(moneyUnit * chance * rows.Demand.CostAt(row, option));
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
        {
            var dearest = rows.Demand.PriceAt(row, spec.Prices - 1);
            largest = Math.Max(largest, Math.Max(Math.Max(dearest, rows.Premium[row]), Math.Abs(rows.Cost[row])));
        }
        var unit = 100.0;
        while (2 * largest * unit > PriceMenus.LargestCell)
            unit /= 10;
        return unit;
    }
}
