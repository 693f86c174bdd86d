using System.Diagnostics;
using Google.OrTools.Sat;
using Halley.Kernels;

namespace Halley.Optimization;

/// <summary>Column generation over whole rosters, then an integer roster from the columns.</summary>
sealed class RosterSearch(
    RosterProblem problem,
    RosterOptions options,
    Stopwatch clock,
    IProgress<FitProgress>? progress,
    CancellationToken cancellation
) : IDisposable
{
    const double Tolerance = 1e-6;

    // Prices are drawn to those of the best bound: plain prices of the linear program swing.
    const double Smoothing = 0.6;
    static readonly int[] ListSizes = [2_000, 8_000, 60_000];

    readonly RosterPricing _pricing = new(problem, new(problem), options.Threads);
    readonly RosterMaster _master = new(problem, Dearest(problem));
    readonly HashSet<string> _known = [];
    double[,] _bestPrices = new double[problem.Days, problem.Shifts.Count];
    double _lagrangian = double.NegativeInfinity;

    /// <summary>No roster costs less; costs that are sums of whole weights are whole.</summary>
    internal double Bound =>
        IsProven ? Cost
        : problem.HasWholeCosts ? Math.Ceiling(_lagrangian - 1e-4)
        : _lagrangian;

    internal bool IsProven { get; private set; }

    internal double Cost { get; private set; } = double.PositiveInfinity;

    internal int[,]? Roster { get; private set; }

    internal int ColumnCount => _master.Columns.Count;

    // Columns, dive and the exact end each have their part of the time.
    double _part = 1;

    bool IsOver => clock.Elapsed >= _part * options.TimeLimit || cancellation.IsCancellationRequested;

    bool IsClosed => Cost - Bound < Tolerance;

    /// <summary>1. A first roster of each person. 2. Columns until the bound stands. 3. Dive. 4. All rosters within the gap, solved exactly.</summary>
    internal void Run()
    {
        var first = _pricing.Cheapest(_bestPrices, null, cancellation);
        Note(first, _bestPrices);
        for (var person = 0; person < first.Length; person++)
            Add(person, first[person].Roster);
        _part = 0.4;
        Generate(null, int.MaxValue);
        _part = 0.6;
        Dive();
        _part = 1;
        Finish();
    }

    /// <summary>Solves the program and adds rosters until none is worth its price.</summary>
    /// <param name="isOpen">People whose roster is not fixed; null for all, and only then the bound is that of the whole.</param>
    double[]? Generate(Func<int, bool>? isOpen, int mostRounds)
    {
        double[]? shares = null;
        for (var round = 0; round < mostRounds && !IsOver; round++)
        {
            if (_master.Solve() is not { } solved)
                return shares;
            shares = solved.Shares;
            progress?.Report(
                new(
                    "columns",
                    Math.Min(1, clock.Elapsed / options.TimeLimit),
                    FormattableString.Invariant($"cost {Cost:N0}, bound {Bound:N0}, {ColumnCount} rosters")
                )
            );
            if (isOpen is null && solved.Value - _lagrangian < 1e-7 * Math.Max(1, solved.Value))
                return shares;
            var weight = isOpen is null && round > 0 ? Smoothing : 0;
            var added = 0;
            for (; added == 0; weight = 0)
            {
                var prices = Between(solved.Cover, _bestPrices, weight);
                var cheapest = _pricing.Cheapest(prices, isOpen, cancellation);
                if (isOpen is null)
                    Note(cheapest, prices);
                added = cheapest.Index().Sum(one => AddIfWorth(one.Index, one.Item.Roster, solved.People, solved.Cover));
                if (weight == 0)
                    break;
            }
            if (added == 0)
                return shares;
        }
        return shares;
    }

    int AddIfWorth(int person, int[] roster, double[] people, double[,] cover)
    {
        if (roster.Length == 0)
            return 0;
        var reduced = _pricing.CostOf(person, roster) - people[person];
        for (var day = 0; day < roster.Length; day++)
            reduced -= roster[day] < 0 ? 0 : cover[day, roster[day]];
        return reduced < -Tolerance && Add(person, roster) ? 1 : 0;
    }

    bool Add(int person, int[] roster)
    {
        if (!_known.Add(KeyOf(new(person, roster, 0))))
            return false;
        _master.Add(new(person, roster, _pricing.CostOf(person, roster)));
        return true;
    }

    /// <summary>Lagrangian bound: people's cheapest rosters at the prices, and what the needs pay. Whole weights make it whole.</summary>
    void Note((double Cost, int[] Roster)[] cheapest, double[,] prices)
    {
        var bound = cheapest.Sum(one => one.Cost);
        foreach (var need in problem.Cover)
            bound += need.People * prices[need.Day, problem.ShiftIndex(need.Shift)];
        if (bound <= _lagrangian)
            return;
        (_lagrangian, _bestPrices) = (bound, (double[,])prices.Clone());
    }

    double[,] Between(double[,] prices, double[,] anchor, double weight)
    {
        var mixed = new double[problem.Days, problem.Shifts.Count];
        foreach (var need in problem.Cover)
        {
            var (day, shift) = (need.Day, problem.ShiftIndex(need.Shift));
            var price = (1 - weight) * prices[day, shift] + weight * anchor[day, shift];
            mixed[day, shift] = Math.Clamp(price, -need.OverCost, need.UnderCost);
        }
        return mixed;
    }

    /// <summary>Fixes the rosters with the largest shares and generates again, until everybody has one.</summary>
    void Dive()
    {
        const int Rounds = 6;
        const double Sure = 0.95;
        var chosen = new Dictionary<int, int>();
        while (chosen.Count < problem.People.Count && !cancellation.IsCancellationRequested)
        {
            if (Generate(person => !chosen.ContainsKey(person), chosen.Count == 0 ? 1 : Rounds) is not { } shares)
            {
                // Out of time: the rest by the last solution of the program.
                if (_master.Solve() is not { } last)
                    break;
                shares = last.Shares;
            }
            var open = shares.Index().Where(one => !chosen.ContainsKey(_master.Columns[one.Index].Person)).ToList();
            if (open.Count == 0)
                break;
            var largest = open.MaxBy(one => one.Item);
            foreach (var (column, _) in open.Where(one => one.Item >= Sure || one.Index == largest.Index))
                Fix(column, chosen);
        }
        if (chosen.Count == problem.People.Count)
            Take([.. Enumerable.Range(0, chosen.Count).Select(person => _master.Columns[chosen[person]].Shifts)]);
        for (var column = 0; column < ColumnCount; column++)
            _master.Allow(column, true);
    }

    void Fix(int column, Dictionary<int, int> chosen)
    {
        var person = _master.Columns[column].Person;
        if (!chosen.TryAdd(person, column))
            return;
        for (var other = 0; other < ColumnCount; other++)
        {
            if (other != column && _master.Columns[other].Person == person)
                _master.Allow(other, false);
        }
    }

    /// <summary>Every roster whose reduced cost fits in the gap can be in a better plan, and no other: solved exactly where they are few.</summary>
    /// <remarks>Where they are many, the cheapest thousands are tried first: they find better plans, which narrow the gap.</remarks>
    void Finish()
    {
        foreach (var most in ListSizes)
        {
            for (var hasGained = true; hasGained && !IsClosed && !IsOver && Roster is not null; )
            {
                var before = Cost;
                var (columns, isComplete) = Cheapest(most);
                var isSettled = Solve(columns, isComplete, isLast: isComplete || most == ListSizes[^1]);
                IsProven = isComplete && isSettled;
                hasGained = Cost < before;
                if (isComplete && !hasGained)
                    return;
            }
        }
    }

    /// <summary>The rosters nearest to their people's cheapest, as many as allowed, and those of the program; whether any better plan is among them.</summary>
    (List<RosterColumn> Columns, bool IsComplete) Cheapest(int most)
    {
        var distance = Cost - (problem.HasWholeCosts ? 1 : 0) - _lagrangian;
        for (var share = 1.0; share > 1e-4; share /= 2)
        {
            if (Listed(share * distance, most) is not { } columns)
                continue;
            var known = columns.Select(KeyOf).ToHashSet();
            columns.AddRange(_master.Columns.Where(column => known.Add(KeyOf(column))));
            return (columns, share == 1);
        }
        return ([.. _master.Columns], false);
    }

    static string KeyOf(RosterColumn column) => column.Person + ":" + string.Join(',', column.Shifts);

    /// <summary>Rosters of all people within a distance of their cheapest; null where they are too many.</summary>
    List<RosterColumn>? Listed(double distance, int most)
    {
        var cheapest = _pricing.Cheapest(_bestPrices, null, cancellation);
        var listed = new List<RosterColumn>();
        for (var person = 0; person < problem.People.Count; person++)
        {
            var found = new List<int[]>();
            var limit = cheapest[person].Cost + distance + Tolerance;
            if (!_pricing.TryList(person, _bestPrices, limit, most - listed.Count, found))
                return null;
            listed.AddRange(found.Select(roster => new RosterColumn(person, roster, _pricing.CostOf(person, roster))));
        }
        return listed;
    }

    /// <summary>The best roster from columns; true where it is the best of all that these columns make.</summary>
    bool Solve(List<RosterColumn> columns, bool isComplete, bool isLast)
    {
        // Weights with decimals are rounded to the solver's whole numbers.
        const double Scale = 1_000;
        var model = new CpModel();
        BoolVar[] chosen = [.. columns.Select(_ => model.NewBoolVar(""))];
        var ofPerson = columns.Index().ToLookup(one => one.Item.Person, one => chosen[one.Index]);
        for (var person = 0; person < problem.People.Count; person++)
        {
            if (!ofPerson[person].Any())
                return isComplete;
            model.AddExactlyOne(ofPerson[person]);
        }
        var (terms, prices) = (new List<IntVar>(), new List<long>());
        foreach (var need in problem.Cover)
        {
            var shift = problem.ShiftIndex(need.Shift);
            var missing = model.NewIntVar(0, need.People, "");
            var surplus = model.NewIntVar(0, problem.People.Count, "");
            model.Add(
                LinearExpr.Sum(columns.Index().Where(one => one.Item.Shifts[need.Day] == shift).Select(one => chosen[one.Index]))
                    + missing
                    - surplus
                    == need.People
            );
            terms.AddRange([missing, surplus]);
            prices.AddRange([(long)Math.Round(Scale * need.UnderCost), (long)Math.Round(Scale * need.OverCost)]);
        }
        var cost =
            LinearExpr.WeightedSum(chosen, columns.Select(one => (long)Math.Round(Scale * one.Cost)))
            + LinearExpr.WeightedSum(terms, prices);
        model.Add(cost < (long)Math.Round(Scale * Cost));
        model.Minimize(cost);
        foreach (var (index, column) in columns.Index())
            model.AddHint(chosen[index], IsInRoster(column));
        var seconds = Math.Max(1, (options.TimeLimit - clock.Elapsed).TotalSeconds / (isLast ? 1 : 3));
        var solver = new CpSolver
        {
            StringParameters = FormattableString.Invariant(
                $"max_time_in_seconds:{seconds} num_workers:{WorkItems.ThreadCount(options.Threads)} random_seed:1 linearization_level:2"
            ),
        };
        using var stop = cancellation.Register(solver.StopSearch);
        var status = solver.Solve(model);
        if (status is CpSolverStatus.Optimal or CpSolverStatus.Feasible)
        {
            var picked = columns.Index().Where(one => solver.BooleanValue(chosen[one.Index])).Select(one => one.Item);
            Take([.. picked.OrderBy(column => column.Person).Select(column => column.Shifts)]);
        }
        return status is CpSolverStatus.Optimal or CpSolverStatus.Infeasible;
    }

    bool IsInRoster(RosterColumn column) =>
        Enumerable.Range(0, problem.Days).All(day => Roster![column.Person, day] == column.Shifts[day]);

    void Take(int[][] rosters)
    {
        var roster = new int[problem.People.Count, problem.Days];
        var cost = 0.0;
        for (var person = 0; person < rosters.Length; person++)
        {
            cost += _pricing.CostOf(person, rosters[person]);
            for (var day = 0; day < problem.Days; day++)
                roster[person, day] = rosters[person][day];
        }
        cost += RosterCheck.CoverCost(problem, roster);
        if (cost < Cost)
            (Cost, Roster) = (cost, roster);
    }

    // A person without a roster costs more than any plan with one.
    static double Dearest(RosterProblem problem) =>
        1
        + problem.Cover.Sum(need => need.UnderCost * need.People + need.OverCost * problem.People.Count)
        + problem.Wishes.Sum(wish => wish.Weight);

    public void Dispose() => _master.Dispose();
}
