namespace Halley.Optimization;

/// <summary>Decides items under shared resources, with a bound, prices of the resources and an account of every item.</summary>
public static class ChoiceOptimizer
{
    // Values and uses are whole multiples of a unit; decimals beyond these are more than money has.
    const int MostDecimals = 6;

    /// <summary>Solves the problem by the method of <see cref="PriceOptimizer"/>: relaxation, reduced costs, integer program.</summary>
    /// <exception cref="HalleyException">HLY2341: bad items; HLY2342: numbers too fine or too large; HLY2340: bad options.</exception>
    public static ChoicePlan Solve(
        ChoiceProblem problem,
        PriceOptions? options = null,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        if (problem.Validate() is { Count: > 0 } problems)
            OptimizationErrors.ThrowBadRows("items", problems);
        var sign = problem.IsCost ? -1 : 1;
        var units = UnitsOf(problem);
        var menus = MenusOf(problem, sign, units);
        var prices = new PriceProblem(
            menus,
            [
                .. problem.Resources.Select(
                    (resource, r) =>
                        PortfolioLimit.On(
                            resource.Name,
                            menus,
                            r + 1,
                            Math.Floor(resource.Capacity * units[r + 1] + 1e-9),
                            _ => true
                        )
                ),
            ]
        );
        var result = PriceOptimizer.Solve(prices, options ?? new() { TargetGap = 0 }, progress, cancellation);
        double[] rates = [.. result.Limits.Select((limit, r) => limit.ShadowPrice * units[r + 1] / units[0])];
        return new()
        {
            Choices = result.Plan is { } plan
                ? [.. problem.Items.Select((item, i) => Account(item, plan[i], rates, sign))]
                : null,
            Value = sign * result.Value / units[0],
            Bound = sign * result.Bound / units[0],
            Gap = result.Gap,
            IsProven = result.IsProven,
            Resources =
            [
                .. problem.Resources.Select(
                    (one, r) => new ResourceUse(one.Name, one.Capacity, result.Limits[r].Use / units[r + 1], rates[r])
                ),
            ],
            Clash = ClashOf(problem, result.Clash, units),
            Elapsed = result.Elapsed,
        };
    }

    static ClashingLimit[] ClashOf(ChoiceProblem problem, Clash? clash, double[] units)
    {
        var found = new List<ClashingLimit>();
        for (var r = 0; r < problem.Resources.Count && clash is not null; r++)
        {
            var name = problem.Resources[r].Name;
            found.AddRange(
                clash
                    .Limits.Where(limit => limit.Name == name)
                    .Select(limit => new ClashingLimit(name, problem.Resources[r].Capacity, limit.Give / units[r + 1]))
            );
        }
        return [.. found];
    }

    static ChosenOption Account(ChoiceItem item, int chosen, double[] rates, int sign)
    {
        double CostOf(int option) => item.Options[option].Uses.Select((use, r) => use * rates[r]).Sum();
        double Score(int option) => sign * item.Options[option].Value - CostOf(option);
        var next = Enumerable
            .Range(0, item.Options.Count)
            .Where(option => option != chosen)
            .OrderByDescending(Score)
            .FirstOrDefault(-1);
        return new(
            item.Name,
            item.Options[chosen].Name,
            item.Options[chosen].Value,
            CostOf(chosen),
            next < 0 ? null : item.Options[next].Name,
            next < 0 ? 0 : Score(chosen) - Score(next)
        );
    }

    static PriceMenus MenusOf(ChoiceProblem problem, int sign, double[] units)
    {
        var width = 1 + problem.Resources.Count;
        return PriceMenus.Fill(
            problem.Items.Count,
            Math.Max(1, problem.Items.Max(item => item.Options.Count)),
            ["value", .. problem.Resources.Select(resource => resource.Name)],
            new ushort[problem.Items.Count],
            (item, menu) =>
            {
                menu.Clear();
                var options = problem.Items[item].Options;
                for (var option = 0; option < options.Count; option++)
                {
                    menu[option * width] = Math.Round(sign * options[option].Value * units[0]);
                    for (var r = 1; r < width; r++)
                        menu[option * width + r] = Math.Round(options[option].Uses[r - 1] * units[r]);
                }
            },
            [.. problem.Items.Select(item => ((ushort)0, (ushort)(item.Options.Count - 1)))]
        );
    }

    /// <summary>The smallest power of ten for values, and for each resource, that makes all its numbers whole.</summary>
    static double[] UnitsOf(ChoiceProblem problem)
    {
        var units = new double[1 + problem.Resources.Count];
        Array.Fill(units, 1);
        foreach (var option in problem.Items.SelectMany(item => item.Options))
        {
            units[0] = Math.Max(units[0], UnitOf(option.Value));
            for (var r = 1; r < units.Length; r++)
                units[r] = Math.Max(units[r], UnitOf(option.Uses[r - 1]));
        }
        return units;
    }

    static double UnitOf(double value)
    {
        var unit = 1.0;
        for (var decimals = 0; decimals < MostDecimals; decimals++, unit *= 10)
        {
            var scaled = value * unit;
            if (Math.Abs(scaled - Math.Round(scaled)) <= 1e-9 * Math.Max(1, Math.Abs(scaled)))
                return unit;
        }
        return unit;
    }
}
