namespace Halley.Optimization;

/// <summary>Menus that a decision gave: for each option and policy its price, chance and expected profit.</summary>
public sealed class PortfolioCurves : IPortfolioDemand
{
    readonly double[][] _price;
    readonly double[][] _chance;
    readonly double[][] _profit;
    readonly int _base;

    /// <param name="price">By option, then policy.</param>
    /// <param name="chance">Likewise, within (0, 1).</param>
    /// <param name="profit">Expected profit: chance times what is left of the price.</param>
    /// <param name="baseOption">The option without a change.</param>
    public PortfolioCurves(double[][] price, double[][] chance, double[][] profit, int baseOption) =>
        (_price, _chance, _profit, _base) = (price, chance, profit, baseOption);

    public double PriceAt(int row, int option) => _price[option][row];

    public double ChanceAt(int row, int option, double slopeFactor)
    {
        if (slopeFactor == 1)
            return _chance[option][row];
        var (at, start) = (Logit(_chance[option][row]), Logit(_chance[_base][row]));
        return 1 / (1 + Math.Exp(-(start + slopeFactor * (at - start))));
    }

    public double CostAt(int row, int option) => _price[option][row] - _profit[option][row] / _chance[option][row];

    internal int BaseOption => _base;

    /// <summary>Refuses demand that rises with the price, or takes it as flat from there.</summary>
    /// <exception cref="HalleyException">HLY2341: rising demand, with its policies.</exception>
    internal void CheckFalling(PortfolioSpec spec, Func<int, string> name)
    {
        const double Tolerance = 1e-12;
        var problems = new List<string>();
        for (var row = 0; row < _price[0].Length; row++)
        {
            for (var option = 1; option < _price.Length; option++)
            {
                var (before, here) = (_chance[option - 1][row], _chance[option][row]);
                if (here <= before + Tolerance)
                    continue;
                if (!spec.RepairDemand)
                {
                    problems.Add(
                        FormattableString.Invariant(
                            $"policy '{name(row)}': the chance rises from {before:G6} at {_price[option - 1][row]:F2} to {here:G6} at {_price[option][row]:F2}. Correct the model, or take demand as flat there with 'repair_demand: true'."
                        )
                    );
                    break;
                }
                // What is left of the price stays; only the chance is taken back.
                _profit[option][row] *= before / here;
                _chance[option][row] = before;
            }
        }
        if (problems.Count > 0)
            OptimizationErrors.ThrowBadRows($"portfolio '{spec.Portfolio}'", problems);
    }

    static double Logit(double chance) => Math.Log(chance / (1 - chance));
}
