namespace Halley.Optimization;

/// <summary>What a policy pays, how likely it is kept, and what it costs, at every option of its menu.</summary>
interface IPortfolioDemand
{
    double PriceAt(int row, int option);

    /// <summary>Chance to take or keep the policy; the effect of the price on its logit may be scaled to see what an error in it does.</summary>
    double ChanceAt(int row, int option, double slopeFactor);

    /// <summary>Expected cost where it is kept: claims, expenses, commission.</summary>
    double CostAt(int row, int option);
}
