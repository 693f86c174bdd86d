using System.Globalization;

namespace Halley.Optimization;

/// <summary>A portfolio's rows as numbers, checked: every bad row is told with its policy, value and remedy.</summary>
sealed class PortfolioRows
{
    /// <param name="curves">Menus of a decision; null where the columns say all.</param>
    internal PortfolioRows(PortfolioSpec spec, Table table, PortfolioCurves? curves = null)
    {
        Count = table.RowCount;
        double[] Each(Func<int, double> value) => [.. Enumerable.Range(0, Count).Select(value)];
        Premium = spec.Premium is { } premium ? Numbers(table, premium) : Each(row => curves!.PriceAt(row, curves.BaseOption));
        (Cost, Chance, Slope) = curves is null
            ? (Numbers(table, spec.Cost!), Numbers(table, spec.Chance!), Numbers(table, spec.Slope!))
            : (
                Each(row => curves.CostAt(row, curves.BaseOption)),
                Each(row => curves.ChanceAt(row, curves.BaseOption, 1)),
                new double[Count]
            );
        Floor = spec.Floor is null ? null : Numbers(table, spec.Floor);
        Ceiling = spec.Ceiling is null ? null : Numbers(table, spec.Ceiling);
        Name = row => table[spec.Policy].TextAt(row) ?? $"row {row + 1}";
        var problems = new List<string>();
        for (var row = 0; row < Count; row++)
            Check(spec, row, problems);
        if (problems.Count > 0)
            OptimizationErrors.ThrowBadRows($"portfolio '{spec.Portfolio}'", problems);
        curves?.CheckFalling(spec, Name);
        Demand = curves is null ? new LogisticDemand(spec, this) : curves;
    }

    internal IPortfolioDemand Demand { get; }

    internal int Count { get; }

    internal double[] Premium { get; }

    internal double[] Cost { get; }

    internal double[] Chance { get; }

    internal double[] Slope { get; }

    internal double[]? Floor { get; }

    internal double[]? Ceiling { get; }

    internal Func<int, string> Name { get; }

    /// <summary>First and last option that a policy's floor and ceiling allow.</summary>
    internal (ushort Low, ushort High)[] Allowed(PortfolioSpec spec)
    {
        var (allowed, problems) = (new (ushort Low, ushort High)[Count], new List<string>());
        for (var row = 0; row < Count; row++)
        {
            var (low, high) = (0, spec.Prices - 1);
            while (low < spec.Prices && Floor is not null && Demand.PriceAt(row, low) < Floor[row])
                low++;
            while (high >= 0 && Ceiling is not null && Demand.PriceAt(row, high) > Ceiling[row])
                high--;
            if (low > high)
                problems.Add(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"policy '{Name(row)}': no price from {Demand.PriceAt(row, 0)} to {Demand.PriceAt(row, spec.Prices - 1)} lies between its floor {Floor?[row]} and its ceiling {Ceiling?[row]}. Widen the menu, or correct the two."
                    )
                );
            allowed[row] = ((ushort)Math.Min(low, spec.Prices - 1), (ushort)Math.Max(high, 0));
        }
        if (problems.Count > 0)
            OptimizationErrors.ThrowBadRows($"portfolio '{spec.Portfolio}'", problems);
        return allowed;
    }

    void Check(PortfolioSpec spec, int row, List<string> problems)
    {
        Need(Premium[row] > 0 && double.IsFinite(Premium[row]), spec.Premium ?? "price", Premium[row], "a price is above zero");
        Need(double.IsFinite(Cost[row]), spec.Cost ?? "cost", Cost[row], "a cost is a number");
        Need(Chance[row] is > 0 and < 1, spec.Chance ?? "chance", Chance[row], "a chance lies between 0 and 1");
        if (Slope[row] < 0 && spec.RepairDemand)
            Slope[row] = 0;
        Need(
            Slope[row] >= 0 && double.IsFinite(Slope[row]),
            spec.Slope ?? "slope",
            Slope[row],
            "demand may not rise with the price; correct the model, or take it as flat with 'repair_demand: true'"
        );

        void Need(bool holds, string column, double value, string rule)
        {
            if (!holds)
                problems.Add(
                    string.Create(CultureInfo.InvariantCulture, $"policy '{Name(row)}', column '{column}': {value}: {rule}.")
                );
        }
    }

    static double[] Numbers(Table table, string column)
    {
        var numbers = new double[table.RowCount];
        table[column].CopySlots(0, numbers);
        return table[column] is NumericColumn ? numbers : table.Numeric(column).Values.ToArray();
    }
}
