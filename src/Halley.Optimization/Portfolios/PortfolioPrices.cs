namespace Halley.Optimization;

/// <summary>A portfolio's price problem, made from a table and a spec, and its answer in money.</summary>
public sealed class PortfolioPrices
{
    readonly PortfolioSpec _spec;
    readonly PortfolioRows _rows;
    readonly PortfolioRules _rules;
    readonly double _moneyUnit;

    PortfolioPrices(
        PortfolioSpec spec,
        PortfolioRows rows,
        PortfolioRules rules,
        double moneyUnit,
        PriceProblem problem,
        IReadOnlyList<double> scales
    ) => (_spec, _rows, _rules, _moneyUnit, Problem, LimitScales) = (spec, rows, rules, moneyUnit, problem, scales);

    public PriceProblem Problem { get; }

    /// <summary>By limit: what the problem's figures are divided by to give the limit's own, for example the number of policies in millionths.</summary>
    public IReadOnlyList<double> LimitScales { get; }

    /// <summary>Reads and checks the table, makes the menus and the limits.</summary>
    /// <param name="curves">Menus of a decision for the table's rows; null where the columns say all.</param>
    /// <exception cref="HalleyException">HLY2340: the spec; HLY2341: rows; HLY10xx: columns.</exception>
    public static PortfolioPrices Of(PortfolioSpec spec, Table table, int threads = 0, PortfolioCurves? curves = null)
    {
        if (PortfolioRules.Validate(spec, curves is not null) is { Count: > 0 } problems)
            OptimizationErrors.ThrowBadOptions("prices", problems);
        var rows = new PortfolioRows(spec, table, curves);
        var rules = new PortfolioRules(spec, rows, table);
        var unit = PortfolioMenu.MoneyUnit(spec, rows);
        var menus = PriceMenus.Fill(
            rows.Count,
            spec.Prices,
            PortfolioMenu.Measures,
            rules.Classes,
            (row, menu) => PortfolioMenu.Fill(spec, rows, row, unit, menu),
            rows.Allowed(spec),
            threads
        );
        var limits = rules.Limits(menus, unit);
        return new(
            spec,
            rows,
            rules,
            unit,
            new(menus, [.. limits.Select(one => one.Limit)]),
            [.. limits.Select(one => one.Scale)]
        );
    }

    public double Money(double units) => units / _moneyUnit;

    /// <summary>What the plan reaches of a limit, in the limit's own figure.</summary>
    public double Reached(PriceResult result, int limit)
    {
        if (_spec.Limits[limit].Kind != LimitKind.LossRatio)
            return result.Limits[limit].Use / LimitScales[limit];
        var (cost, premium) = (0.0, 0.0);
        for (var row = 0; row < _rows.Count; row++)
        {
            if (!_rules.IsMember(limit, row))
                continue;
            cost += Problem.Menus.Cell(row, result.Plan![row], PortfolioMenu.Cost);
            premium += Problem.Menus.Cell(row, result.Plan[row], PortfolioMenu.Premium);
        }
        return cost / premium;
    }

    /// <summary>The plan as a table: policy, price of today, new price, relative change, chance, expected profit.</summary>
    public Table ToTable(PriceResult result)
    {
        var (plan, count) = (result.Plan!, _rows.Count);
        var (name, price, change, chance, profit) = (
            new string?[count],
            new double[count],
            new double[count],
            new double[count],
            new double[count]
        );
        for (var row = 0; row < count; row++)
        {
            name[row] = _rows.Name(row);
            price[row] = _rows.Demand.PriceAt(row, plan[row]);
            change[row] = price[row] / _rows.Premium[row] - 1;
            chance[row] = _rows.Demand.ChanceAt(row, plan[row], 1);
            profit[row] = Money(Problem.Menus.Cell(row, plan[row], 0));
        }
        return new([
            new TextColumn(_spec.Policy, name),
            new NumericColumn(_spec.Premium ?? "today", _rows.Premium),
            new NumericColumn("price", price),
            new NumericColumn("change", change),
            new NumericColumn("chance", chance),
            new NumericColumn("profit", profit),
        ]);
    }

    /// <summary>Profit and retention of the plan where the slope of demand is really another.</summary>
    public (double Profit, double Retention) Under(PriceResult result, double slopeFactor)
    {
        var (profit, kept) = (0.0, 0.0);
        for (var row = 0; row < _rows.Count; row++)
        {
            var option = result.Plan![row];
            var chance = _rows.Demand.ChanceAt(row, option, slopeFactor);
            profit += chance * (_rows.Demand.PriceAt(row, option) - _rows.Demand.CostAt(row, option));
            kept += chance;
        }
        return (profit, kept / _rows.Count);
    }
}
