namespace Halley.Optimization;

/// <summary>A kind of shift.</summary>
/// <param name="NotBefore">Shifts that may not stand on the day after this one.</param>
public sealed record ShiftKind(string Name, int Minutes, IReadOnlyList<string> NotBefore);

/// <summary>What a person's contract allows over the horizon.</summary>
public sealed record RosterContract
{
    /// <summary>Most shifts of a kind; a kind that is not named is unlimited, 0 is a skill that is missing.</summary>
    public required IReadOnlyDictionary<string, int> MaximumShifts { get; init; }

    public required int MaximumMinutes { get; init; }

    public required int MinimumMinutes { get; init; }

    /// <summary>Longest run of days with work. At least 1.</summary>
    public required int MaximumRun { get; init; }

    /// <summary>Shortest run of days with work; runs that touch the horizon's ends are never too short.</summary>
    public required int MinimumRun { get; init; }

    /// <summary>Shortest run of days off, likewise.</summary>
    public required int MinimumRest { get; init; }

    /// <summary>Most weekends with work on either day.</summary>
    public required int MaximumWeekends { get; init; }
}

/// <summary>A person of the plan.</summary>
/// <param name="DaysOff">Days on which the person can't work, from 0: leave, illness.</param>
public sealed record RosterPerson(string Name, RosterContract Contract, IReadOnlySet<int> DaysOff);

/// <summary>A wish.</summary>
/// <param name="IsOn">Whether the shift is wanted, or not wanted.</param>
/// <param name="Weight">Cost of not meeting it.</param>
public sealed record RosterWish(string Person, int Day, string Shift, bool IsOn, double Weight);

/// <summary>People needed for a shift of a day.</summary>
/// <param name="UnderCost">Cost of each one missing.</param>
/// <param name="OverCost">Cost of each one too many.</param>
public sealed record CoverNeed(int Day, string Shift, int People, double UnderCost, double OverCost);

/// <summary>A shift that a person has to take, or null for a day off.</summary>
public sealed record RosterPin(string Person, int Day, string? Shift);

/// <summary>Who works which shift on which day: contracts are kept, the cost of wishes and cover is least.</summary>
public sealed record RosterProblem
{
    /// <summary>Days of the horizon; the first one is day 0.</summary>
    public required int Days { get; init; }

    /// <summary>Day of the week of day 0. Default Monday.</summary>
    public DayOfWeek FirstDay { get; init; } = DayOfWeek.Monday;

    public required IReadOnlyList<ShiftKind> Shifts { get; init; }

    public required IReadOnlyList<RosterPerson> People { get; init; }

    public IReadOnlyList<RosterWish> Wishes { get; init; } = [];

    public required IReadOnlyList<CoverNeed> Cover { get; init; }

    public IReadOnlyList<RosterPin> Pins { get; init; } = [];

    /// <summary>A plan to stay close to, shape (people, days), shift or −1; null where there is none.</summary>
    public int[,]? Current { get; init; }

    /// <summary>Cost of each day that differs from <see cref="Current"/>. Default 0.</summary>
    public double ChangeCost { get; init; }

    /// <summary>Position of a shift by name; −1 where there is none.</summary>
    public int ShiftIndex(string name) => Shifts.ToList().FindIndex(shift => shift.Name == name);

    /// <summary>Whether every cost is a whole number, and so is that of every plan.</summary>
    internal bool HasWholeCosts =>
        Wishes.All(wish => wish.Weight == Math.Floor(wish.Weight))
        && Cover.All(need => need.UnderCost == Math.Floor(need.UnderCost) && need.OverCost == Math.Floor(need.OverCost))
        && ChangeCost == Math.Floor(ChangeCost);

    internal bool IsSaturday(int day) => ((int)FirstDay + day) % 7 == (int)DayOfWeek.Saturday;

    internal bool IsSunday(int day) => ((int)FirstDay + day) % 7 == (int)DayOfWeek.Sunday;

    /// <summary>All problems at once.</summary>
    public IReadOnlyList<string> Validate()
    {
        var problems = new List<string>();
        var (people, shifts) = (People.Select(one => one.Name).ToHashSet(), Shifts.Select(one => one.Name).ToHashSet());
        if (Days < 1)
            problems.Add($"the horizon has {Days} days: give it at least one.");
        if (people.Count < People.Count)
            problems.Add("two people have one name: give each a name of their own.");
        if (shifts.Count < Shifts.Count)
            problems.Add("two shifts have one name: give each a name of its own.");
        problems.AddRange(
            Shifts
                .Where(one => one.Minutes <= 0)
                .Select(one => $"shift '{one.Name}' lasts {one.Minutes} minutes: give it more than 0.")
        );
        problems.AddRange(
            Shifts
                .SelectMany(one => one.NotBefore.Where(name => !shifts.Contains(name)).Select(name => (one.Name, name)))
                .Select(pair => $"shift '{pair.Name}' may not stand before '{pair.name}', which is no shift.")
        );
        problems.AddRange(People.SelectMany(ContractProblems));
        CheckPlaces("wish", Wishes.Select(one => ((string?)one.Person, one.Day, (string?)one.Shift)));
        CheckPlaces("pin", Pins.Select(one => ((string?)one.Person, one.Day, one.Shift)));
        CheckPlaces("cover", Cover.Select(one => ((string?)null, one.Day, (string?)one.Shift)));
        problems.AddRange(
            Cover
                .Where(one => one.People < 0 || !(one.UnderCost >= 0) || !(one.OverCost >= 0))
                .Select(one => $"cover of '{one.Shift}' on day {one.Day}: people and costs have to be at least 0.")
        );
        return problems;

        void CheckPlaces(string what, IEnumerable<(string? Person, int Day, string? Shift)> places)
        {
            foreach (var (person, day, shift) in places)
            {
                if (person is not null && !people.Contains(person))
                    problems.Add($"{what} of '{person}' on day {day}: there is no such person.");
                if (shift is not null && !shifts.Contains(shift))
                    problems.Add(
                        $"{what} of '{person}' on day {day}: there is no shift '{shift}'. Shifts: {string.Join(", ", shifts)}."
                    );
                if (day < 0 || day >= Days)
                    problems.Add($"{what} of '{person}' on day {day}: the days are 0 to {Days - 1}.");
            }
        }
    }

    static IEnumerable<string> ContractProblems(RosterPerson person)
    {
        var contract = person.Contract;
        if (contract.MinimumMinutes > contract.MaximumMinutes)
            yield return $"'{person.Name}': at least {contract.MinimumMinutes} and at most {contract.MaximumMinutes} minutes contradict each other.";
        if (contract.MaximumRun < 1 || contract.MinimumRun > contract.MaximumRun)
            yield return $"'{person.Name}': runs of at least {contract.MinimumRun} and at most {contract.MaximumRun} days contradict each other.";
    }
}
