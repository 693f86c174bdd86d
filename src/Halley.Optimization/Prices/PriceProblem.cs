namespace Halley.Optimization;

/// <summary>Choose one option for every policy: the largest total profit within the limits.</summary>
public sealed record PriceProblem(PriceMenus Menus, IReadOnlyList<PortfolioLimit> Limits)
{
    internal int LimitCount => Limits.Count;

    internal double[] Bounds { get; } = [.. Limits.Select(limit => limit.Bound)];

    /// <summary>What one option adds to a limit.</summary>
    internal double Use(int limit, int policy, int option)
    {
        var (coefficients, one, use) = (Limits[limit].Coefficients, Menus.ClassOf(policy), 0.0);
        for (var measure = 0; measure < Menus.Measures.Count; measure++)
        {
            if (coefficients[one, measure] is not 0 and var coefficient)
                use += coefficient * Menus.Cell(policy, option, measure);
        }
        return use;
    }

    /// <summary>Profit and use of every limit of a plan, added in the order of policies.</summary>
    internal (double Profit, double[] Use) Total(ReadOnlySpan<ushort> plan)
    {
        var totals = new double[Menus.ClassCount, Menus.Measures.Count];
        for (var policy = 0; policy < plan.Length; policy++)
        {
            for (var measure = 0; measure < Menus.Measures.Count; measure++)
                totals[Menus.ClassOf(policy), measure] += Menus.Cell(policy, plan[policy], measure);
        }
        return Weigh(totals);
    }

    /// <summary>Profit and use of every limit from totals of shape (classes, measures).</summary>
    internal (double Profit, double[] Use) Weigh(double[,] totals)
    {
        var (profit, use) = (0.0, new double[LimitCount]);
        for (var one = 0; one < Menus.ClassCount; one++)
        {
            profit += totals[one, 0];
            for (var limit = 0; limit < LimitCount; limit++)
            {
                for (var measure = 0; measure < Menus.Measures.Count; measure++)
                    use[limit] += Limits[limit].Coefficients[one, measure] * totals[one, measure];
            }
        }
        return (profit, use);
    }

    /// <summary>Whether a total keeps a limit; rounding of the totals apart, which are exact for whole coefficients.</summary>
    internal bool Keeps(int limit, double use) => use <= Bounds[limit] + 1e-12 * Math.Max(Math.Abs(use), Math.Abs(Bounds[limit]));

    internal bool Keeps(double[] use) => Enumerable.Range(0, LimitCount).All(limit => Keeps(limit, use[limit]));
}
