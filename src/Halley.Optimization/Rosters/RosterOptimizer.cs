using System.Diagnostics;

namespace Halley.Optimization;

/// <summary>Rosters: whole plans of people by column generation, with a bound on what any other would cost.</summary>
public static class RosterOptimizer
{
    /// <summary>Solves a roster.</summary>
    /// <remarks>
    /// A person's whole roster is a column (Dantzig and Wolfe 1960, Oper. Res. 8, 101–111); the cheapest at given prices is a shortest path.
    /// Every pricing gives a Lagrangian bound. A dive makes a first plan; then all rosters whose reduced cost lies within the gap are listed
    /// and solved exactly (Baldacci, Christofides and Mingozzi 2008, Math. Prog. 115, 351–385).
    /// </remarks>
    /// <exception cref="HalleyException">HLY2341: names, days or contracts that contradict; HLY2340: options out of their ranges.</exception>
    public static RosterPlan Solve(
        RosterProblem problem,
        RosterOptions? options = null,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        options ??= new();
        if (problem.Validate() is { Count: > 0 } problems)
            OptimizationErrors.ThrowBadRows("roster", problems);
        if (options.Validate() is { Count: > 0 } wrong)
            OptimizationErrors.ThrowBadOptions("roster", wrong);
        var clock = Stopwatch.StartNew();
        if (RosterClashes.Find(problem) is { Count: > 0 } clashes)
            return new()
            {
                Shifts = null,
                Cost = double.PositiveInfinity,
                Bound = double.PositiveInfinity,
                Clashes = clashes,
                Columns = 0,
                Elapsed = clock.Elapsed,
            };
        using var search = new RosterSearch(problem, options, clock, progress, cancellation);
        search.Run();
        return new()
        {
            Shifts = search.Roster,
            Cost = search.Cost,
            Bound = Math.Min(search.Cost, search.Bound),
            Clashes = [],
            Columns = search.ColumnCount,
            Elapsed = clock.Elapsed,
        };
    }
}
