namespace Halley.Optimization;

/// <summary>Which limits can't be kept together, and by how much.</summary>
/// <param name="Violation">Least sum of violations, each as a share of what the menus can move that limit by; 0 where all can be kept.</param>
/// <param name="Limits">The limits of the proof, each with what it alone would have to give.</param>
public sealed record Clash(double Violation, IReadOnlyList<ClashingLimit> Limits)
{
    const double Tolerance = 1e-9;
    const int Passes = 3_000;
    const int PassesOfLarge = 300;

    /// <summary>The least violation by the linear relaxation, and the limits whose multipliers prove it.</summary>
    internal static Clash LeastViolation(
        PriceProblem problem,
        double[] reaches,
        int passes,
        int threads,
        CancellationToken cancellation
    )
    {
        var evaluator = new DualEvaluator(problem, 0, threads, cancellation);
        double[] caps = [.. reaches.Select(reach => 1 / reach)];
        var best = new CuttingPlanes(problem.Bounds, caps, caps).Minimise(
            multipliers => evaluator.Evaluate(multipliers),
            [.. caps.Select(cap => cap / 2)],
            passes
        );
        var violation = Math.Max(0, -best.Value);
        if (violation <= Tolerance)
            return new(0, []);
        var clashing = Enumerable.Range(0, problem.LimitCount).Where(l => best.Multipliers[l] > 1e-6 * caps[l]);
        return new(
            violation,
            [.. clashing.Select(l => new ClashingLimit(problem.Limits[l].Name, problem.Limits[l].Bound, double.NaN))]
        );
    }

    /// <summary>Limits that shares of options could keep together, but no whole options: each with its part of the least joint violation.</summary>
    internal static Clash OfWholePlans(PriceProblem problem, double[] gives) =>
        new(
            0,
            [
                .. problem
                    .Limits.Select((limit, l) => new ClashingLimit(limit.Name, limit.Bound, gives[l]))
                    .Where(limit => limit.Give > 0),
            ]
        );

    /// <summary>As <see cref="LeastViolation"/>, and for each clashing limit how far it alone has to give until all can be kept.</summary>
    internal static Clash Find(PriceProblem problem, int threads, CancellationToken cancellation)
    {
        var reaches = DualSolver.ReachesOf(problem);
        var passes = problem.Menus.PolicyCount <= DualSolver.SmallPortfolio ? Passes : PassesOfLarge;
        var clash = LeastViolation(problem, reaches, passes, threads, cancellation);
        return clash with { Limits = [.. clash.Limits.Select(limit => limit with { Give = Alone(limit.Name) })] };

        // Minimise one violation, the other limits being hard: their multipliers may grow far above that of the one.
        double Alone(string name)
        {
            const double Hard = 1e5;
            var evaluator = new DualEvaluator(problem, 0, threads, cancellation);
            double[] scales = [.. reaches.Select(reach => 1 / reach)];
            double[] caps = [.. scales.Select((scale, l) => problem.Limits[l].Name == name ? scale : Hard * scale)];
            var best = new CuttingPlanes(problem.Bounds, scales, caps).Minimise(
                multipliers => evaluator.Evaluate(multipliers),
                scales,
                passes
            );
            var isAtCap = best.Multipliers.Where((m, l) => problem.Limits[l].Name != name && m > 0.9 * caps[l]).Any();
            var own = Enumerable.Range(0, problem.LimitCount).First(l => problem.Limits[l].Name == name);
            return isAtCap ? double.PositiveInfinity : Math.Max(0, -best.Value) * reaches[own];
        }
    }
}

/// <summary>A limit that clashes with others.</summary>
/// <param name="Bound">As it was asked for.</param>
/// <param name="Give">How much its bound would have to grow, alone, until a plan exists; infinite where the others clash without it.</param>
public sealed record ClashingLimit(string Name, double Bound, double Give);
