namespace Halley.Optimization;

/// <summary>Every roster that a contract allows, as paths through states: a person's cheapest roster is a shortest path.</summary>
/// <remarks>
/// A state after a day is: day off (length of the run of rest, up to the shortest allowed) or work (group of the shift, length of the run,
/// whether it began with the horizon), weekends worked, minutes worked, and shifts of kinds whose limit may bind. Shifts that forbid the same
/// followers, last as long and are counted together form a group. States that can't reach the least minutes are cut off.
/// <code>
/// day 0: [ start ]   day 1: [ states ... ]   …   day n: [ states ... ]     arcs of a state adjoin, states are numbered by day
/// </code>
/// </remarks>
sealed class RosterGraph
{
    readonly int[] _firstArc;
    readonly int[] _target;
    readonly sbyte[] _group;
    readonly int[] _dayStart;
    readonly int[][] _shiftsOf;
    readonly int _days;
    readonly int _off;

    RosterGraph(int days, int off, int[][] shiftsOf, int[] dayStart, int[] firstArc, int[] target, sbyte[] group)
    {
        (_days, _off, _shiftsOf, _dayStart, _firstArc, _target, _group) = (
            days,
            off,
            shiftsOf,
            dayStart,
            firstArc,
            target,
            group
        );
    }

    /// <summary>Whether any roster keeps the contract.</summary>
    internal bool IsEmpty => StateCount == 0;

    internal int StateCount => _firstArc.Length - 1;

    /// <summary>The graph of a contract.</summary>
    /// <param name="counted">Kinds of shifts whose limits are counted; others are taken as unlimited.</param>
    internal static RosterGraph Of(RosterProblem problem, RosterContract contract, IReadOnlyList<int> counted)
    {
        var builder = new Builder(problem, contract, counted);
        return builder.Build();
    }

    /// <summary>Least cost of a roster, and the roster, shift or −1 by day; infinite where there is none.</summary>
    /// <param name="costs">Shape (days, shifts + 1), the last column the day off.</param>
    internal (double Cost, int[] Roster) Cheapest(double[,] costs)
    {
        var toGo = new double[StateCount];
        if (IsEmpty || Settle(costs, toGo) is var least && double.IsPositiveInfinity(least))
            return (double.PositiveInfinity, []);
        var (roster, state) = (new int[_days], 0);
        for (var day = 0; day < _days; day++)
        {
            for (var arc = _firstArc[state]; arc < _firstArc[state + 1]; arc++)
            {
                var (shift, cost) = BestOf(costs, day, _group[arc]);
                if (cost + toGo[_target[arc]] != toGo[state])
                    continue;
                (roster[day], state) = (shift == _off ? -1 : shift, _target[arc]);
                break;
            }
        }
        return (least, roster);
    }

    /// <summary>All rosters of at most this cost; false where they are more than <paramref name="most"/>.</summary>
    internal bool TryList(double[,] costs, double limit, int most, List<int[]> found)
    {
        var toGo = new double[StateCount];
        if (IsEmpty || Settle(costs, toGo) > limit)
            return true;
        return Walk(0, 0, 0, new int[_days]);

        bool Walk(int day, int state, double spent, int[] roster)
        {
            if (day == _days)
            {
                found.Add((int[])roster.Clone());
                return found.Count <= most;
            }
            for (var arc = _firstArc[state]; arc < _firstArc[state + 1]; arc++)
            {
                foreach (var shift in _shiftsOf[_group[arc]])
                {
                    var cost = spent + costs[day, shift];
                    if (!(cost + toGo[_target[arc]] <= limit))
                        continue;
                    roster[day] = shift == _off ? -1 : shift;
                    if (!Walk(day + 1, _target[arc], cost, roster))
                        return false;
                }
            }
            return true;
        }
    }

    /// <summary>Least costs from every state to the end, from the last day back.</summary>
    double Settle(double[,] costs, double[] toGo)
    {
        var groupCost = new double[_shiftsOf.Length];
        toGo.AsSpan(_dayStart[_days]).Clear();
        for (var day = _days - 1; day >= 0; day--)
        {
            for (var group = 0; group < groupCost.Length; group++)
                groupCost[group] = BestOf(costs, day, group).Cost;
            for (var state = _dayStart[day]; state < _dayStart[day + 1]; state++)
            {
                var least = double.PositiveInfinity;
                for (var arc = _firstArc[state]; arc < _firstArc[state + 1]; arc++)
                    least = Math.Min(least, groupCost[_group[arc]] + toGo[_target[arc]]);
                toGo[state] = least;
            }
        }
        return toGo[0];
    }

    (int Shift, double Cost) BestOf(double[,] costs, int day, int group)
    {
        var (best, least) = (-1, double.PositiveInfinity);
        foreach (var shift in _shiftsOf[group])
        {
            if (costs[day, shift] < least || best < 0)
                (best, least) = (shift, costs[day, shift]);
        }
        return (best, least);
    }

    /// <summary>Grows the states day by day, cuts those that lead nowhere, and numbers the rest.</summary>
    sealed class Builder
    {
        readonly RosterProblem _problem;
        readonly RosterContract _contract;
        readonly int[][] _groups;
        readonly int[] _unit;
        readonly int[] _counter;
        readonly int[] _limits;
        readonly bool[,] _mayFollow;
        readonly int _unitMinutes;

        internal Builder(RosterProblem problem, RosterContract contract, IReadOnlyList<int> counted)
        {
            (_problem, _contract) = (problem, contract);
            var able = Enumerable
                .Range(0, problem.Shifts.Count)
                .Where(s => !contract.MaximumShifts.TryGetValue(problem.Shifts[s].Name, out var most) || most > 0)
                .ToArray();
            var kinds = able.GroupBy(s =>
                    (
                        string.Join('|', problem.Shifts[s].NotBefore.Order(StringComparer.Ordinal)),
                        // Who may stand before it is the other half of its rules.
                        string.Join(
                            '|',
                            problem
                                .Shifts.Where(other => other.NotBefore.Contains(problem.Shifts[s].Name))
                                .Select(other => other.Name)
                        ),
                        problem.Shifts[s].Minutes,
                        counted.ToList().IndexOf(s)
                    )
                )
                .Select(group => group.ToArray())
                .ToArray();
            _groups = [.. kinds, [problem.Shifts.Count]];
            _unitMinutes = kinds.Select(kind => problem.Shifts[kind[0]].Minutes).Aggregate(0, Divisor);
            _unit = [.. kinds.Select(kind => problem.Shifts[kind[0]].Minutes / Math.Max(1, _unitMinutes))];
            _counter = [.. kinds.Select(kind => counted.ToList().IndexOf(kind[0]))];
            _limits = [.. counted.Select(s => contract.MaximumShifts[problem.Shifts[s].Name])];
            _mayFollow = new bool[kinds.Length, kinds.Length];
            for (var first = 0; first < kinds.Length; first++)
            {
                for (var next = 0; next < kinds.Length; next++)
                    _mayFollow[first, next] = !problem
                        .Shifts[kinds[first][0]]
                        .NotBefore.Contains(problem.Shifts[kinds[next][0]].Name);
            }
        }

        /// <param name="Group">Group of the shift, or the number of groups for a day off.</param>
        /// <param name="Run">Length of the run that the day stands in; of rest at most the shortest allowed.</param>
        /// <param name="IsFirstRun">Whether a run of work began with the horizon.</param>
        /// <param name="Counts">Shifts of counted kinds, eight bits each.</param>
        readonly record struct State(int Group, int Run, bool IsFirstRun, int Weekends, int Units, UInt128 Counts);

        internal RosterGraph Build()
        {
            var layers = new List<Dictionary<State, int>> { new() { [new(_groups.Length - 1, RestEnough, false, 0, 0, 0)] = 0 } };
            var arcs = new List<List<(int From, int To, sbyte Group)>>();
            for (var day = 0; day < _problem.Days; day++)
            {
                var (next, made) = (new Dictionary<State, int>(), new List<(int, int, sbyte)>());
                foreach (var (state, number) in layers[^1])
                {
                    for (var group = 0; group < _groups.Length; group++)
                    {
                        if (Follow(state, group, day) is not { } follower)
                            continue;
                        if (!next.TryGetValue(follower, out var target))
                            next[follower] = target = next.Count;
                        made.Add((number, target, (sbyte)group));
                    }
                }
                layers.Add(next);
                arcs.Add(made);
            }
            return Number(layers, arcs);
        }

        // The day before the horizon is taken as the end of a rest that was long enough.
        int RestEnough => Math.Max(1, _contract.MinimumRest);

        State? Follow(State state, int group, int day)
        {
            var (isOff, wasOff) = (group == _groups.Length - 1, state.Group == _groups.Length - 1);
            if (isOff)
            {
                if (wasOff)
                    return state with { Run = Math.Min(RestEnough, state.Run + 1) };
                if (!state.IsFirstRun && state.Run < _contract.MinimumRun)
                    return null;
                return state with { Group = group, Run = 1, IsFirstRun = false };
            }
            if (wasOff ? state.Run < RestEnough : state.Run >= _contract.MaximumRun || !_mayFollow[state.Group, group])
                return null;
            var units = state.Units + _unit[group];
            var isNewWeekend = _problem.IsSaturday(day) || _problem.IsSunday(day) && (day == 0 || wasOff);
            var weekends = state.Weekends + (isNewWeekend ? 1 : 0);
            if (units * _unitMinutes > _contract.MaximumMinutes || weekends > _contract.MaximumWeekends)
                return null;
            var counts = state.Counts;
            if (_counter[group] >= 0)
            {
                counts += UInt128.One << 8 * _counter[group];
                if ((counts >> 8 * _counter[group] & 255) > (UInt128)_limits[_counter[group]])
                    return null;
            }
            var isFirst = wasOff ? day == 0 : state.IsFirstRun;
            return new(group, wasOff ? 1 : state.Run + 1, isFirst, weekends, units, counts);
        }

        RosterGraph Number(List<Dictionary<State, int>> layers, List<List<(int From, int To, sbyte Group)>> arcs)
        {
            var alive = layers.Select(layer => new bool[layer.Count]).ToArray();
            foreach (var (state, number) in layers[^1])
                alive[^1][number] = state.Units * _unitMinutes >= _contract.MinimumMinutes;
            for (var day = arcs.Count - 1; day >= 0; day--)
            {
                foreach (var (from, to, _) in arcs[day])
                    alive[day][from] |= alive[day + 1][to];
            }
            var (numbers, dayStart, count) = (
                alive.Select(layer => new int[layer.Length]).ToArray(),
                new int[alive.Length + 1],
                0
            );
            for (var day = 0; day < alive.Length; day++)
            {
                dayStart[day] = count;
                for (var state = 0; state < alive[day].Length; state++)
                    numbers[day][state] = alive[day][state] ? count++ : -1;
            }
            dayStart[^1] = count;
            var (firstArc, target, group) = (new int[count + 1], new List<int>(), new List<sbyte>());
            for (var day = 0; day < arcs.Count; day++)
            {
                // Arcs were made in the order of their states.
                foreach (var (from, to, kind) in arcs[day])
                {
                    if (!alive[day + 1][to])
                        continue;
                    target.Add(numbers[day + 1][to]);
                    group.Add(kind);
                    firstArc[numbers[day][from] + 1]++;
                }
            }
            for (var state = 0; state < count; state++)
                firstArc[state + 1] += firstArc[state];
            return new(_problem.Days, _problem.Shifts.Count, _groups, dayStart[..^1], firstArc, [.. target], [.. group]);
        }

        static int Divisor(int a, int b) => b == 0 ? a : Divisor(b, a % b);
    }
}
