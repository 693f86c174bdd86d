namespace Halley.Optimization;

/// <summary>People for whom no roster exists, and which rule, changed alone, would give one.</summary>
static class RosterClashes
{
    internal static IReadOnlyList<RosterClash> Find(RosterProblem problem)
    {
        var clashes = new List<RosterClash>();
        var costs = new RosterCosts(problem);
        for (var person = 0; person < problem.People.Count; person++)
        {
            if (!HasRoster(problem, problem.People[person].Contract, costs.Of(person)))
                clashes.Add(new(problem.People[person].Name, [.. Cures(problem, person)]));
        }
        return clashes;
    }

    static bool HasRoster(RosterProblem problem, RosterContract contract, double[,] costs)
    {
        int[] counted =
        [
            .. Enumerable
                .Range(0, problem.Shifts.Count)
                .Where(s =>
                    contract.MaximumShifts.TryGetValue(problem.Shifts[s].Name, out var most) && most > 0 && most < problem.Days
                ),
        ];
        // Counting nothing is quick and mostly enough: only a roster that breaks a limit calls for the count.
        var (cost, roster) = RosterGraph.Of(problem, contract, []).Cheapest(costs);
        if (double.IsPositiveInfinity(cost))
            return false;
        return counted.All(s => roster.Count(one => one == s) <= contract.MaximumShifts[problem.Shifts[s].Name])
            || double.IsFinite(RosterGraph.Of(problem, contract, counted).Cheapest(costs).Cost);
    }

    /// <summary>Each rule is loosened step by step until a roster exists; the first step that does is told.</summary>
    static IEnumerable<string> Cures(RosterProblem problem, int person)
    {
        var (who, contract) = (problem.People[person], problem.People[person].Contract);
        var own = new RosterCosts(problem).Of(person);
        var step = problem.Shifts.Select(shift => shift.Minutes).DefaultIfEmpty(60).Min();
        bool Works(RosterContract changed) => HasRoster(problem, changed, own);
        for (var minutes = contract.MinimumMinutes - step; minutes > -step; minutes -= step)
        {
            if (!Works(contract with { MinimumMinutes = Math.Max(0, minutes) }))
                continue;
            yield return $"least minutes {contract.MinimumMinutes}: {Math.Max(0, minutes)} or a little more would do";
            break;
        }
        for (var minutes = contract.MaximumMinutes + step; minutes <= problem.Days * 1_440; minutes += step)
        {
            if (!Works(contract with { MaximumMinutes = minutes }))
                continue;
            yield return $"most minutes {contract.MaximumMinutes}: {minutes} would do";
            break;
        }
        if (
            First(
                1,
                problem.Days,
                run => Works(contract with { MaximumRun = Math.Max(run, contract.MinimumRun) }),
                contract.MaximumRun
            ) is
            { } longest
        )
            yield return $"at most {contract.MaximumRun} days in a row: {longest} would do";
        if (contract.MinimumRun > 1 && Works(contract with { MinimumRun = 1 }))
            yield return $"at least {contract.MinimumRun} days in a row: 1 would do";
        if (contract.MinimumRest > 1 && Works(contract with { MinimumRest = 1 }))
            yield return $"at least {contract.MinimumRest} days off in a row: 1 would do";
        if (
            First(1, problem.Days, weekends => Works(contract with { MaximumWeekends = weekends }), contract.MaximumWeekends) is
            { } most
        )
            yield return $"at most {contract.MaximumWeekends} weekends: {most} would do";
        if (who.DaysOff.Count > 0 && HasRoster(problem, contract, WithoutDaysOff(problem, person)))
            yield return $"days off {string.Join(", ", who.DaysOff.Order())}: without them there is a roster";
        if (
            problem.Pins.Any(pin => pin.Person == who.Name)
            && HasRoster(problem, contract, new RosterCosts(problem with { Pins = [] }).Of(person))
        )
            yield return "pins: without them there is a roster";
    }

    static int? First(int step, int most, Func<int, bool> works, int from)
    {
        for (var value = from + step; value <= most; value += step)
        {
            if (works(value))
                return value;
        }
        return null;
    }

    static double[,] WithoutDaysOff(RosterProblem problem, int person)
    {
        RosterPerson[] people = [.. problem.People];
        people[person] = people[person] with { DaysOff = new HashSet<int>() };
        return new RosterCosts(problem with { People = people }).Of(person);
    }
}
