namespace Halley.Optimization;

/// <summary>Finds the multipliers with the lowest upper bound.</summary>
static class DualSolver
{
    // Above this a pass costs more than a linear program; below, exact cutting planes are cheap.
    internal const int SmallPortfolio = 20_000;

    /// <summary>More limits than this are priced by a linear program, where it is small.</summary>
    internal const int ManyLimits = 8;

    const int SampleSize = 8_192;
    const int SamplePasses = 100;
    const int NewtonPasses = 40;
    const int CutPasses = 2_000;
    const int FewCutPasses = 60;

    // A sample of a feasible portfolio can be infeasible; this much room beyond the least makes its multipliers finite.
    const double SampleRoom = 0.001;

    /// <summary>Largest multiplier in typical sizes: what a limit costs where it is dear beyond use.</summary>
    internal const double CapInScales = 1e4;

    /// <summary>1. Start on a sample whose limits are relaxed until it has room. 2. Newton steps on all. 3. Cutting planes to the end.</summary>
    internal static DualPoint Solve(DualEvaluator evaluator, double[]? start, int threads, CancellationToken cancellation)
    {
        var problem = evaluator.Problem;
        if (problem.LimitCount == 0)
            return evaluator.Evaluate([]);
        var scales = ScalesOf(problem);
        double[] caps = [.. scales.Select(scale => CapInScales * scale)];
        var floor = Floor(problem, threads, cancellation);
        var size = (long)problem.Menus.PolicyCount * problem.Menus.OptionCount;
        if (problem.LimitCount > ManyLimits && size <= LinearRelaxation.LargestSize)
            return evaluator.Evaluate(LinearRelaxation.Multipliers(problem) ?? caps);
        if (problem.Menus.PolicyCount <= SmallPortfolio)
            return new CuttingPlanes(problem.Bounds, scales, caps).Minimise(
                multipliers => evaluator.Evaluate(multipliers),
                start ?? new double[problem.LimitCount],
                CutPasses,
                point => point.Value < floor
            );
        start ??= StartOnSample(problem, threads, cancellation);
        var best = new NewtonSearch(evaluator, scales).Minimise(start, NewtonPasses);
        if (IsSettled(problem, best))
            return best;
        var cuts = new CuttingPlanes(problem.Bounds, scales, caps);
        return cuts.Minimise(
            multipliers => evaluator.Evaluate(multipliers),
            best.Multipliers,
            FewCutPasses,
            point => point.Value < floor
        );
    }

    /// <summary>Less than any plan can earn: a dual below it proves that no plan keeps the limits.</summary>
    internal static double Floor(PriceProblem problem, int threads, CancellationToken cancellation) =>
        -new DualEvaluator(problem, -1, threads, cancellation).Bound(new double[problem.LimitCount]);

    /// <summary>Whether the plan of the best multipliers misses no limit by more than its last policies could mend.</summary>
    static bool IsSettled(PriceProblem problem, DualPoint point)
    {
        for (var l = 0; l < problem.LimitCount; l++)
        {
            var slack = problem.Bounds[l] - point.Use[l];
            var size = Math.Max(Math.Abs(point.Use[l]), Math.Abs(problem.Bounds[l]));
            if (slack < -1e-3 * size && point.Multipliers[l] >= 0)
                return false;
        }
        return true;
    }

    /// <summary>Profit at stake over use at stake, from the menus' ranges: a typical size of each multiplier.</summary>
    internal static double[] ScalesOf(PriceProblem problem)
    {
        var (menus, stride) = (problem.Menus, Math.Max(1, problem.Menus.PolicyCount / 1_000));
        var (profit, use) = (0.0, new double[problem.LimitCount]);
        for (var policy = 0; policy < menus.PolicyCount; policy += stride)
        {
            profit += Range(menus.OptionCount, option => menus.Cell(policy, option, 0));
            for (var l = 0; l < use.Length; l++)
                use[l] += Range(menus.OptionCount, option => problem.Use(l, policy, option));
        }
        return [.. use.Select(one => one > 0 && profit > 0 ? profit / one : 1)];
    }

    /// <summary>What the sum over policies of the menus' ranges is for each limit: the size of a violation that matters.</summary>
    internal static double[] ReachesOf(PriceProblem problem)
    {
        var (menus, use) = (problem.Menus, new double[problem.LimitCount]);
        for (var policy = 0; policy < menus.PolicyCount; policy++)
        {
            for (var l = 0; l < use.Length; l++)
            {
                var (at, one) = (l, policy);
                use[l] += Range(menus.OptionCount, option => problem.Use(at, one, option));
            }
        }
        return [.. use.Select(one => one > 0 ? one : 1)];
    }

    static double[] StartOnSample(PriceProblem problem, int threads, CancellationToken cancellation)
    {
        var (count, all) = (problem.LimitCount, problem.Menus.PolicyCount);
        var stride = all / SampleSize;
        var sample = problem.Menus.Take([.. Enumerable.Range(0, SampleSize).Select(i => i * stride)]);
        var share = SampleSize / (double)all;
        var limits = problem.Limits.Select(limit => limit with { Bound = limit.Bound * share }).ToArray();
        var part = new PriceProblem(sample, limits);
        var reaches = ReachesOf(part);
        var missing = Clash.LeastViolation(part, reaches, SamplePasses, threads, cancellation).Violation;
        var relaxed = new PriceProblem(
            sample,
            [.. limits.Select((limit, l) => limit with { Bound = limit.Bound + (missing + SampleRoom) * reaches[l] })]
        );
        var scales = ScalesOf(relaxed);
        var evaluator = new DualEvaluator(relaxed, 1, threads, cancellation);
        return new CuttingPlanes(relaxed.Bounds, scales, [.. scales.Select(scale => CapInScales * scale)])
            .Minimise(multipliers => evaluator.Evaluate(multipliers), new double[count], SamplePasses)
            .Multipliers;
    }

    static double Range(int options, Func<int, double> value)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        for (var option = 0; option < options; option++)
            (low, high) = (Math.Min(low, value(option)), Math.Max(high, value(option)));
        return high - low;
    }
}
