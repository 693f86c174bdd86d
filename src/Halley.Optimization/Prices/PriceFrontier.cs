namespace Halley.Optimization;

/// <summary>What profit a limit costs: the problem solved again and again with another bound, each time from the multipliers before.</summary>
public static class PriceFrontier
{
    /// <summary>One result for each bound, in their order.</summary>
    /// <param name="limit">Name of the limit that is moved.</param>
    /// <exception cref="HalleyException">HLY2340: there is no such limit.</exception>
    public static IReadOnlyList<PriceResult> Sweep(
        PriceProblem problem,
        string limit,
        IReadOnlyList<double> bounds,
        PriceOptions options,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        if (problem.Limits.All(one => one.Name != limit))
            OptimizationErrors.ThrowBadOptions(
                "frontier",
                [$"there is no limit '{limit}'. Limits: {string.Join(", ", problem.Limits.Select(one => one.Name))}."]
            );
        var results = new List<PriceResult>();
        foreach (var bound in bounds)
        {
            progress?.Report(new("frontier", results.Count / (double)bounds.Count));
            PortfolioLimit[] limits = [.. problem.Limits.Select(one => one.Name == limit ? one with { Bound = bound } : one)];
            var start = results.LastOrDefault(one => one.Plan is not null);
            results.Add(
                PriceOptimizer.Solve(
                    new(problem.Menus, limits),
                    options with
                    {
                        Start = start is null ? options.Start : [.. start.Limits.Select(one => one.ShadowPrice)],
                    },
                    null,
                    cancellation
                )
            );
        }
        return results;
    }
}
