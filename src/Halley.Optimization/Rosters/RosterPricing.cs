using Halley.Kernels;

namespace Halley.Optimization;

/// <summary>Cheapest rosters of people at given prices of cover, with limits of kinds counted only once a roster breaks them.</summary>
sealed class RosterPricing(RosterProblem problem, RosterCosts costs, int threads)
{
    readonly Dictionary<string, Lazy<RosterGraph>> _graphs = [];
    readonly List<int>[] _counted = [.. problem.People.Select(_ => new List<int>())];
    readonly RosterGraph?[] _ofPerson = new RosterGraph?[problem.People.Count];

    /// <summary>For each person the cheapest roster at its costs less the prices of the cover it gives.</summary>
    internal (double Cost, int[] Roster)[] Cheapest(double[,] prices, Func<int, bool>? isOpen, CancellationToken cancellation)
    {
        var results = new (double, int[])[problem.People.Count];
        WorkItems.For(
            results.Length,
            threads,
            person => results[person] = isOpen?.Invoke(person) == false ? (0, []) : Cheapest(person, Priced(person, prices)),
            cancellation
        );
        return results;
    }

    /// <summary>All rosters of a person whose cost at these prices is at most a limit; false where they are too many.</summary>
    internal bool TryList(int person, double[,] prices, double limit, int most, List<int[]> found)
    {
        var priced = Priced(person, prices);
        while (true)
        {
            found.Clear();
            if (!GraphOf(person).TryList(priced, limit, most, found))
                return false;
            // Rosters that break an uncounted limit are no rosters.
            found.RemoveAll(roster => Broken(person, roster) is not null);
            return true;
        }
    }

    /// <summary>What a roster costs by itself.</summary>
    internal double CostOf(int person, int[] roster)
    {
        var (own, sum) = (costs.Of(person), 0.0);
        for (var day = 0; day < roster.Length; day++)
            sum += own[day, roster[day] < 0 ? problem.Shifts.Count : roster[day]];
        return sum;
    }

    (double Cost, int[] Roster) Cheapest(int person, double[,] priced)
    {
        while (true)
        {
            var best = GraphOf(person).Cheapest(priced);
            if (double.IsPositiveInfinity(best.Cost) || Broken(person, best.Roster) is not { } kind)
                return best;
            _counted[person].Add(kind);
            _counted[person].Sort();
            _ofPerson[person] = null;
        }
    }

    double[,] Priced(int person, double[,] prices)
    {
        var priced = (double[,])costs.Of(person).Clone();
        for (var day = 0; day < problem.Days; day++)
        {
            for (var shift = 0; shift < problem.Shifts.Count; shift++)
                priced[day, shift] -= prices[day, shift];
        }
        return priced;
    }

    /// <summary>A kind of which the roster has more than the contract allows.</summary>
    int? Broken(int person, int[] roster)
    {
        var contract = problem.People[person].Contract;
        for (var shift = 0; shift < problem.Shifts.Count; shift++)
        {
            if (
                contract.MaximumShifts.TryGetValue(problem.Shifts[shift].Name, out var most)
                && roster.Count(one => one == shift) > most
            )
                return shift;
        }
        return null;
    }

    /// <summary>People with equal contracts and equal counted kinds share a graph.</summary>
    RosterGraph GraphOf(int person)
    {
        if (_ofPerson[person] is { } known)
            return known;
        var (contract, counted) = (problem.People[person].Contract, _counted[person].ToArray());
        var key = string.Join(
            ';',
            string.Join(
                ',',
                problem.Shifts.Select(shift => contract.MaximumShifts.TryGetValue(shift.Name, out var most) ? most : -1)
            ),
            contract.MaximumMinutes,
            contract.MinimumMinutes,
            contract.MaximumRun,
            contract.MinimumRun,
            contract.MinimumRest,
            contract.MaximumWeekends,
            string.Join(',', counted)
        );
        Lazy<RosterGraph> graph;
        lock (_graphs)
        {
            if (!_graphs.TryGetValue(key, out graph!))
                _graphs[key] = graph = new(() => RosterGraph.Of(problem, contract, counted));
        }
        return _ofPerson[person] = graph.Value;
    }
}
