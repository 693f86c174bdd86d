namespace Halley.Optimization;

/// <summary>Plans again around people who are out, with as few changes as their price allows.</summary>
public static class RosterReplan
{
    /// <summary>The problem with people out on some days, the current plan to stay close to, and the past kept as it was.</summary>
    /// <param name="current">Shape (people, days), shift or −1.</param>
    /// <param name="isOut">Whether a person can't work on a day.</param>
    /// <param name="fromDay">First day that may change; earlier ones are pinned.</param>
    /// <param name="changeCost">Price of each changed day of a person.</param>
    /// <remarks>A person who is out is owed no least minutes: what they don't work is nobody's fault.</remarks>
    public static RosterProblem Around(
        RosterProblem problem,
        int[,] current,
        Func<string, int, bool> isOut,
        int fromDay,
        double changeCost
    )
    {
        RosterPerson[] people =
        [
            .. problem.People.Select(person =>
            {
                int[] days =
                [
                    .. Enumerable.Range(fromDay, Math.Max(0, problem.Days - fromDay)).Where(day => isOut(person.Name, day)),
                ];
                return days.Length == 0
                    ? person
                    : person with
                    {
                        DaysOff = person.DaysOff.Concat(days).ToHashSet(),
                        // Illness may cut a run of work or of rest short.
                        Contract = person.Contract with
                        {
                            MinimumMinutes = 0,
                            MinimumRun = 1,
                        },
                    };
            }),
        ];
        var pins = new List<RosterPin>(problem.Pins);
        for (var person = 0; person < people.Length; person++)
        {
            for (var day = 0; day < fromDay; day++)
                pins.Add(
                    new(people[person].Name, day, current[person, day] < 0 ? null : problem.Shifts[current[person, day]].Name)
                );
        }
        return problem with { People = people, Pins = pins, Current = current, ChangeCost = changeCost };
    }

    /// <summary>Changed days of a plan, by person and day.</summary>
    public static IReadOnlyList<(string Person, int Day, string From, string To)> Changes(
        RosterProblem problem,
        int[,] current,
        int[,] plan
    )
    {
        var changes = new List<(string, int, string, string)>();
        for (var person = 0; person < problem.People.Count; person++)
        {
            for (var day = 0; day < problem.Days; day++)
            {
                if (current[person, day] != plan[person, day])
                    changes.Add((problem.People[person].Name, day, Name(current[person, day]), Name(plan[person, day])));
            }
        }
        return changes;

        string Name(int shift) => shift < 0 ? "off" : problem.Shifts[shift].Name;
    }
}
