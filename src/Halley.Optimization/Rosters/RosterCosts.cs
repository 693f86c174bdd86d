namespace Halley.Optimization;

/// <summary>What each person's day costs by shift, before prices of cover: wishes, pins, leave, changes.</summary>
/// <remarks>Infinite where the shift is impossible on that day. The last column is the day off.</remarks>
sealed class RosterCosts
{
    readonly double[][,] _costs;

    internal RosterCosts(RosterProblem problem)
    {
        var off = problem.Shifts.Count;
        var index = problem.People.Select((person, p) => (person.Name, p)).ToDictionary(pair => pair.Name, pair => pair.p);
        _costs = [.. problem.People.Select(person => OfPerson(problem, person))];
        foreach (var wish in problem.Wishes)
        {
            var (costs, shift) = (_costs[index[wish.Person]], problem.ShiftIndex(wish.Shift));
            if (!wish.IsOn)
                costs[wish.Day, shift] += wish.Weight;
            for (var other = 0; wish.IsOn && other <= off; other++)
                costs[wish.Day, other] += other == shift ? 0 : wish.Weight;
        }
        foreach (var pin in problem.Pins)
        {
            var chosen = pin.Shift is null ? off : problem.ShiftIndex(pin.Shift);
            for (var other = 0; other <= off; other++)
            {
                if (other != chosen)
                    _costs[index[pin.Person]][pin.Day, other] = double.PositiveInfinity;
            }
        }
        for (var p = 0; problem.Current is not null && p < _costs.Length; p++)
        {
            for (var day = 0; day < problem.Days; day++)
            {
                for (var other = 0; other <= off; other++)
                    _costs[p][day, other] +=
                        other == (problem.Current[p, day] < 0 ? off : problem.Current[p, day]) ? 0 : problem.ChangeCost;
            }
        }
    }

    /// <summary>Costs of a person, shape (days, shifts + 1).</summary>
    internal double[,] Of(int person) => _costs[person];

    static double[,] OfPerson(RosterProblem problem, RosterPerson person)
    {
        var costs = new double[problem.Days, problem.Shifts.Count + 1];
        for (var day = 0; day < problem.Days; day++)
        {
            for (var shift = 0; shift < problem.Shifts.Count; shift++)
            {
                var isMissing = person.Contract.MaximumShifts.TryGetValue(problem.Shifts[shift].Name, out var most) && most == 0;
                costs[day, shift] = isMissing || person.DaysOff.Contains(day) ? double.PositiveInfinity : 0;
            }
        }
        return costs;
    }
}
