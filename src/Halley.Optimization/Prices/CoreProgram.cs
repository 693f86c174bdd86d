using Google.OrTools.Sat;

namespace Halley.Optimization;

/// <summary>The integer program over the few policies whose choice is open; the others keep theirs.</summary>
/// <param name="basis">Choice of every policy where it is not open.</param>
/// <param name="open">Options of open policies, by policy.</param>
sealed class CoreProgram(PriceProblem problem, ushort[] basis, IReadOnlyDictionary<int, List<ushort>> open)
{
    // Far from overflow in sums over thousands of options, fine enough that rounding costs nothing.
    const double LargestScaled = 1L << 40;

    // Violations are weighed in these parts of what the menus can move a limit by.
    const double Shares = 100_000;

    internal enum Ending
    {
        Optimal,
        Improved,
        Stopped,
        Infeasible,
    }

    internal readonly record struct Outcome(Ending Ending, ushort[]? Plan, double Bound);

    /// <summary>The best plan with a profit above <paramref name="above"/>; a bound on the profit of all plans of the program.</summary>
    /// <param name="enough">A profit at which the search may end.</param>
    internal Outcome Solve(double above, double enough, ushort[] hint, SolverEffort effort, CancellationToken cancellation)
    {
        var (fixedProfit, fixedUse) = FixedPart();
        var model = new CpModel();
        var choices = Choices(model, hint);
        var variables = choices.Select(one => one.Chosen).ToArray();
        for (var l = 0; l < problem.LimitCount; l++)
            AddLimit(model, choices, variables, l, problem.Bounds[l] - fixedUse[l], null);
        var profit = LinearExpr.WeightedSum(
            variables,
            choices.Select(one => (long)problem.Menus.Cell(one.Policy, one.Option, 0))
        );
        if (double.IsFinite(above))
            model.Add(profit >= (long)Math.Floor(above - fixedProfit) + 1);
        model.Maximize(profit);
        var solver = effort.NewSolver();
        using var stop = cancellation.Register(solver.StopSearch);
        using var watcher = new Watcher(enough - fixedProfit);
        var status = solver.Solve(model, watcher);
        if (status == CpSolverStatus.Infeasible)
            return new(Ending.Infeasible, null, double.NegativeInfinity);
        var bound = fixedProfit + Math.Floor(solver.BestObjectiveBound + 1e-6);
        if (status is not (CpSolverStatus.Optimal or CpSolverStatus.Feasible))
            return new(Ending.Stopped, null, bound);
        var plan = (ushort[])basis.Clone();
        foreach (var (policy, option, chosen) in choices)
        {
            if (solver.BooleanValue(chosen))
                plan[policy] = option;
        }
        return new(status == CpSolverStatus.Optimal ? Ending.Optimal : Ending.Improved, plan, bound);
    }

    /// <summary>For each limit how much its bound has to give, so that the sum of these as shares of <paramref name="reaches"/> is least.</summary>
    internal double[]? LeastGive(double[] reaches, SolverEffort effort)
    {
        var (_, fixedUse) = FixedPart();
        var model = new CpModel();
        var choices = Choices(model, basis);
        var variables = choices.Select(one => one.Chosen).ToArray();
        var gives = new IntVar[problem.LimitCount];
        var (scales, weights) = (new double[problem.LimitCount], new long[problem.LimitCount]);
        for (var l = 0; l < gives.Length; l++)
        {
            // More than all open choices together can overshoot is never needed.
            gives[l] = model.NewIntVar(0, 1L << 42, "");
            scales[l] = AddLimit(model, choices, variables, l, problem.Bounds[l] - fixedUse[l], gives[l]);
            weights[l] = Math.Max(1, (long)(Shares / (scales[l] * reaches[l])));
        }
        model.Minimize(LinearExpr.WeightedSum(gives, weights));
        var solver = effort.NewSolver();
        return solver.Solve(model) is CpSolverStatus.Optimal or CpSolverStatus.Feasible
            ? [.. gives.Select((give, l) => solver.Value(give) / scales[l])]
            : null;
    }

    /// <summary>Ends the search once a plan is good enough.</summary>
    sealed class Watcher(double enough) : CpSolverSolutionCallback
    {
        public override void OnSolutionCallback()
        {
            if (ObjectiveValue() >= enough)
                StopSearch();
        }
    }

    List<(int Policy, ushort Option, BoolVar Chosen)> Choices(CpModel model, ushort[] hint)
    {
        var choices = new List<(int Policy, ushort Option, BoolVar Chosen)>();
        foreach (var (policy, options) in open.OrderBy(pair => pair.Key))
        {
            var ofPolicy = options.Select(option => (policy, option, model.NewBoolVar(""))).ToArray();
            choices.AddRange(ofPolicy);
            model.AddExactlyOne(ofPolicy.Select(one => one.Item3));
            foreach (var (_, option, chosen) in ofPolicy)
                model.AddHint(chosen, option == hint[policy]);
        }
        return choices;
    }

    /// <summary>Whole numbers as they are; others scaled and rounded to the safe side. Returns the scale.</summary>
    double AddLimit(
        CpModel model,
        List<(int Policy, ushort Option, BoolVar Chosen)> choices,
        BoolVar[] variables,
        int limit,
        double room,
        IntVar? give
    )
    {
        var uses = choices.Select(one => problem.Use(limit, one.Policy, one.Option)).ToArray();
        var isWhole = uses.All(use => use == Math.Floor(use));
        var largest = uses.Max(Math.Abs);
        var scale = isWhole || largest == 0 ? 1 : Math.ScaleB(1, Math.ILogB(LargestScaled / largest / uses.Length));
        LinearExpr expression = LinearExpr.WeightedSum(variables, uses.Select(use => (long)Math.Ceiling(use * scale)));
        if (give is not null)
            expression -= give;
        model.Add(expression <= (long)Math.Clamp(Math.Floor(room * scale), -4e18, 4e18));
        return scale;
    }

    (double Profit, double[] Use) FixedPart()
    {
        var (profit, use) = problem.Total(basis);
        foreach (var policy in open.Keys)
        {
            profit -= problem.Menus.Cell(policy, basis[policy], 0);
            for (var l = 0; l < use.Length; l++)
                use[l] -= problem.Use(l, policy, basis[policy]);
        }
        return (profit, use);
    }
}
