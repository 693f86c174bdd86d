using System.Diagnostics;
using Halley.Kernels;

namespace Halley.Optimization;

/// <summary>Makes an integer plan within the limits from multipliers, and closes the gap where it can.</summary>
/// <remarks>
/// At good multipliers all but a few policies choose their best option. Options are opened in the order of their regret, in windows that
/// grow; an option whose regret is larger than what is still to be gained can be in no better plan, which in the end proves the best one.
/// </remarks>
sealed class PlanFinisher(DualEvaluator evaluator, PriceOptions options, Stopwatch clock, IProgress<FitProgress>? progress)
{
    static readonly int[] Windows = [80, 160, 400, 1_000, 2_500, 8_000];
    const double FirstSeconds = 2;

    const int OptionsPerLimit = 12;

    // Up to here the integer program takes the whole problem at once.
    const int SmallSize = 800;

    readonly PriceProblem _problem = evaluator.Problem;

    internal ushort[]? Plan { get; private set; }

    internal double Value { get; private set; } = double.NegativeInfinity;

    internal double Bound { get; private set; }

    internal bool IsProven { get; private set; }

    /// <summary>What each limit has to give, where the integer program proved that no plan keeps them all.</summary>
    internal double[]? Gives { get; private set; }

    ulong _parts;

    double SecondsLeft => (options.TimeLimit - clock.Elapsed).TotalSeconds;

    internal void Run(double[] multipliers, double bound, CancellationToken cancellation)
    {
        Bound = Math.Floor(bound * (1 + Math.Sign(bound) * 1e-12));
        var basis = new ushort[_problem.Menus.PolicyCount];
        var point = evaluator.Evaluate(multipliers, plan: basis);
        if (_problem.Keeps(point.Use))
            Take(basis);
        if (options.StartPlan is { Count: var count } start && count == basis.Length)
            Take([.. start.Select(option => (ushort)option)]);
        var isSmall = _problem.Menus.PolicyCount * _problem.Menus.OptionCount <= SmallSize;
        // Each limit leaves about one policy undecided, and some around it have to give way.
        var least = OptionsPerLimit * _problem.LimitCount;
        int[] sizes = isSmall ? [SmallSize] : [.. Windows.Where(size => size >= least)];
        var hasParts = !isSmall && _problem.LimitCount > DualSolver.ManyLimits;
        foreach (var size in sizes)
        {
            if (IsClosed || IsOver(cancellation))
                return;
            if (Open(multipliers, basis, size, cancellation))
                return;
            if (hasParts)
                Improve(multipliers, cancellation);
        }
    }

    bool IsOver(CancellationToken cancellation) => SecondsLeft <= 0 || cancellation.IsCancellationRequested;

    /// <summary>Parts of the plan solved exactly, until many in a row gain nothing or a share of the time is spent.</summary>
    void Improve(double[] multipliers, CancellationToken cancellation)
    {
        const int Idle = 60;
        const double PartSeconds = 0.5;
        const int PartsAtOnce = 2;
        var end = SecondsLeft * 0.5;
        var search = new NeighbourhoodSearch(evaluator, multipliers);
        for (var idle = 0; Plan is not null && idle < Idle && SecondsLeft > end && !IsClosed && !IsOver(cancellation); idle++)
        {
            // Two parts of one plan at a time, whatever the number of threads; the better answer is taken, and parts of it are tried next.
            var (current, above, found) = (Plan, Value, new ushort[]?[PartsAtOnce]);
            var first = _parts;
            _parts += PartsAtOnce;
            WorkItems.For(
                PartsAtOnce,
                options.Threads,
                one =>
                {
                    var open = search.Part(current, first + (ulong)one);
                    var effort = new SolverEffort(Math.Min(SecondsLeft, 10 * PartSeconds), PartSeconds, 1);
                    found[one] =
                        open.Count == 0
                            ? null
                            : new CoreProgram(_problem, current, open).Solve(above, Bound, current, effort, cancellation).Plan;
                },
                CancellationToken.None
            );
            foreach (var plan in found)
            {
                if (plan is not null)
                    Take(plan);
            }
            if (Value > above)
                idle = 0;
        }
    }

    bool IsClosed => Plan is not null && Bound - Value <= options.TargetGap * Math.Abs(Bound);

    /// <summary>One window; true where nothing more can be gained.</summary>
    bool Open(double[] multipliers, ushort[] basis, int size, CancellationToken cancellation)
    {
        var ranked = Ranked(multipliers, basis, size + 1);
        var isWhole = ranked.Count <= size;
        var open = new SortedDictionary<int, List<ushort>>();
        foreach (var (policy, option, _) in ranked.Take(size))
        {
            if (!open.TryGetValue(policy, out var list))
                open[policy] = list = [basis[policy]];
            list.Add(option);
        }
        var program = new CoreProgram(_problem, basis, open);
        var effort = EffortOf(isWhole);
        var enough = Bound - options.TargetGap * Math.Abs(Bound);
        var outcome = program.Solve(Value, enough, Plan ?? basis, effort, cancellation);
        if (outcome.Plan is { } plan)
            Take(plan);
        if (isWhole)
            Conclude(program, outcome);
        progress?.Report(
            new(
                "closing the gap",
                Math.Min(1, clock.Elapsed / options.TimeLimit),
                FormattableString.Invariant($"value {Value:N0}, bound {Bound:N0}")
            )
        );
        return isWhole;
    }

    /// <summary>Reproducible work counts the solver's own steps and uses one thread; else the clock counts.</summary>
    SolverEffort EffortOf(bool isWhole)
    {
        var all = options.TimeLimit.TotalSeconds;
        return options.IsReproducible
            ? new(SecondsLeft, isWhole ? all : all / 8, 1)
            : new(isWhole ? SecondsLeft : Math.Min(SecondsLeft, Math.Max(FirstSeconds, SecondsLeft / 5)), null, Threads);
    }

    int Threads => WorkItems.ThreadCount(options.Threads);

    /// <summary>The window held every option that a better plan could use: what it proved holds for the whole.</summary>
    void Conclude(CoreProgram program, CoreProgram.Outcome outcome)
    {
        if (outcome.Ending is CoreProgram.Ending.Optimal || outcome.Ending is CoreProgram.Ending.Infeasible && Plan is not null)
            (Bound, IsProven) = (Value, true);
        else if (outcome.Ending is CoreProgram.Ending.Infeasible)
            Gives = program.LeastGive(DualSolver.ReachesOf(_problem), new(Math.Max(1, SecondsLeft), null, Threads));
        else
            Bound = Math.Min(Bound, Math.Max(Value, outcome.Bound));
    }

    void Take(ushort[] plan)
    {
        var (profit, use) = _problem.Total(plan);
        if (!_problem.Keeps(use) || profit <= Value)
            return;
        (Plan, Value) = ((ushort[])plan.Clone(), profit);
        IsProven = Value >= Bound;
    }

    /// <summary>Options that a better plan could use, the least regretted first.</summary>
    List<(int Policy, ushort Option, double Regret)> Ranked(double[] multipliers, ushort[] basis, int count)
    {
        var menus = _problem.Menus;
        var worth = Plan is null ? double.PositiveInfinity : Bound + 1 - (Value + 1) + 1e-6;
        var found = new List<(int Policy, ushort Option, double Regret)>();
        var parts = RowBlocks.Map(
            menus.PolicyCount,
            options.Threads,
            block =>
            {
                var part = new List<(int, ushort, double)>();
                for (var policy = block.Start; policy < block.End; policy++)
                {
                    var best = evaluator.ScoreOf(multipliers, policy, basis[policy]);
                    var (low, high) = menus.AllowedOf(policy);
                    for (var option = low; option <= high; option++)
                    {
                        var regret = best - evaluator.ScoreOf(multipliers, policy, option);
                        if (regret <= worth && option != menus.OptionOf(policy, basis[policy]))
                            part.Add((policy, (ushort)option, regret));
                    }
                }
                part.Sort((a, b) => (a.Item3, a.Item1, a.Item2).CompareTo((b.Item3, b.Item1, b.Item2)));
                return part.Take(count).ToList();
            }
        );
        foreach (var part in parts)
            found.AddRange(part);
        found.Sort((a, b) => (a.Regret, a.Policy, a.Option).CompareTo((b.Regret, b.Policy, b.Option)));
        return [.. found.Take(count)];
    }
}
