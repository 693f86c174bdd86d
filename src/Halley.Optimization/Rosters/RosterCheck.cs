namespace Halley.Optimization;

/// <summary>A rule that a roster breaks.</summary>
/// <param name="Day">From 0; −1 where the rule is one of the whole horizon.</param>
public sealed record BrokenRule(string Person, int Day, string Rule);

/// <summary>Reads a roster against the rules, independently of how it was made.</summary>
public static class RosterCheck
{
    /// <summary>Every broken rule, by person and day.</summary>
    /// <param name="roster">Shape (people, days), shift or −1.</param>
    public static IReadOnlyList<BrokenRule> Broken(RosterProblem problem, int[,] roster)
    {
        var broken = new List<BrokenRule>();
        for (var person = 0; person < problem.People.Count; person++)
        {
            CheckDays(problem, roster, person, broken);
            CheckTotals(problem, roster, person, broken);
            CheckRuns(problem, roster, person, broken);
        }
        foreach (var pin in problem.Pins)
        {
            var person = problem.People.ToList().FindIndex(one => one.Name == pin.Person);
            if (roster[person, pin.Day] != (pin.Shift is null ? -1 : problem.ShiftIndex(pin.Shift)))
                broken.Add(new(pin.Person, pin.Day, $"is pinned to {pin.Shift ?? "a day off"}"));
        }
        return broken;
    }

    /// <summary>Cost of wishes that are not met, of cover, and of changes.</summary>
    public static double Cost(RosterProblem problem, int[,] roster)
    {
        var cost = CoverCost(problem, roster);
        foreach (var wish in problem.Wishes)
        {
            var person = problem.People.ToList().FindIndex(one => one.Name == wish.Person);
            if (roster[person, wish.Day] == problem.ShiftIndex(wish.Shift) != wish.IsOn)
                cost += wish.Weight;
        }
        for (var person = 0; problem.Current is not null && person < problem.People.Count; person++)
        {
            for (var day = 0; day < problem.Days; day++)
                cost += roster[person, day] == problem.Current[person, day] ? 0 : problem.ChangeCost;
        }
        return cost;
    }

    internal static double CoverCost(RosterProblem problem, int[,] roster)
    {
        var cost = 0.0;
        foreach (var need in problem.Cover)
        {
            var (shift, there) = (problem.ShiftIndex(need.Shift), 0);
            for (var person = 0; person < problem.People.Count; person++)
                there += roster[person, need.Day] == shift ? 1 : 0;
            cost += there < need.People ? (need.People - there) * need.UnderCost : (there - need.People) * need.OverCost;
        }
        return cost;
    }

    static void CheckDays(RosterProblem problem, int[,] roster, int person, List<BrokenRule> broken)
    {
        var who = problem.People[person];
        for (var day = 0; day < problem.Days; day++)
        {
            if (roster[person, day] < 0)
                continue;
            var shift = problem.Shifts[roster[person, day]];
            if (who.DaysOff.Contains(day))
                broken.Add(new(who.Name, day, $"works {shift.Name} on a day off"));
            if (who.Contract.MaximumShifts.TryGetValue(shift.Name, out var most) && most == 0)
                broken.Add(new(who.Name, day, $"can't work {shift.Name}"));
            if (day + 1 < problem.Days && roster[person, day + 1] >= 0)
            {
                var next = problem.Shifts[roster[person, day + 1]].Name;
                if (shift.NotBefore.Contains(next))
                    broken.Add(new(who.Name, day + 1, $"works {next} on the day after {shift.Name}"));
            }
        }
    }

    static void CheckTotals(RosterProblem problem, int[,] roster, int person, List<BrokenRule> broken)
    {
        var (who, minutes, weekends) = (problem.People[person], 0, 0);
        var counts = new int[problem.Shifts.Count];
        for (var day = 0; day < problem.Days; day++)
        {
            var works = roster[person, day] >= 0;
            if (works)
            {
                minutes += problem.Shifts[roster[person, day]].Minutes;
                counts[roster[person, day]]++;
            }
            var isSecondDay = problem.IsSunday(day) && day > 0 && roster[person, day - 1] >= 0;
            weekends += works && (problem.IsSaturday(day) || problem.IsSunday(day)) && !isSecondDay ? 1 : 0;
        }
        var contract = who.Contract;
        if (minutes > contract.MaximumMinutes)
            broken.Add(new(who.Name, -1, $"works {minutes} minutes, at most {contract.MaximumMinutes} are allowed"));
        if (minutes < contract.MinimumMinutes)
            broken.Add(new(who.Name, -1, $"works {minutes} minutes, at least {contract.MinimumMinutes} are due"));
        if (weekends > contract.MaximumWeekends)
            broken.Add(new(who.Name, -1, $"works on {weekends} weekends, at most {contract.MaximumWeekends} are allowed"));
        for (var shift = 0; shift < counts.Length; shift++)
        {
            if (contract.MaximumShifts.TryGetValue(problem.Shifts[shift].Name, out var most) && most > 0 && counts[shift] > most)
                broken.Add(
                    new(who.Name, -1, $"works {problem.Shifts[shift].Name} {counts[shift]} times, at most {most} are allowed")
                );
        }
    }

    static void CheckRuns(RosterProblem problem, int[,] roster, int person, List<BrokenRule> broken)
    {
        var (who, contract) = (problem.People[person], problem.People[person].Contract);
        for (var start = 0; start < problem.Days; )
        {
            var (works, end) = (roster[person, start] >= 0, start + 1);
            while (end < problem.Days && roster[person, end] >= 0 == works)
                end++;
            var length = end - start;
            var isInside = start > 0 && end < problem.Days;
            if (works && length > contract.MaximumRun)
                broken.Add(new(who.Name, start, $"works {length} days in a row, at most {contract.MaximumRun} are allowed"));
            if (works && isInside && length < contract.MinimumRun)
                broken.Add(new(who.Name, start, $"works only {length} days in a row, at least {contract.MinimumRun} are due"));
            if (!works && isInside && length < contract.MinimumRest)
                broken.Add(new(who.Name, start, $"has only {length} days off in a row, at least {contract.MinimumRest} are due"));
            start = end;
        }
    }
}
