namespace Halley.Optimization;

/// <summary>Demand from a portfolio's columns: chance(d) = 1/(1 + e^−(logit p₀ − b·d)) at the relative change d of today's price.</summary>
sealed class LogisticDemand(PortfolioSpec spec, PortfolioRows rows) : IPortfolioDemand
{
    public double PriceAt(int row, int option) =>
        Math.Round(
            rows.Premium[row] * (1 + spec.From + (spec.To - spec.From) * option / (spec.Prices - 1)),
            2,
            MidpointRounding.AwayFromZero
        );

    public double ChanceAt(int row, int option, double slopeFactor) =>
        PortfolioMenu.ChanceAt(rows, row, PriceAt(row, option), slopeFactor);

    public double CostAt(int row, int option) => rows.Cost[row];
}
