namespace Halley.Optimization.Tests;

public class RosterOptimizerTests
{
    static RosterProblem Instance(int number) => NurseFile.Read(SharedData.Path($"data/optimisation/nurse/Instance{number}.txt"));

    [Theory]
    [InlineData(1, 607, 607)]
    [InlineData(2, 828, 828)]
    [InlineData(3, 1001, 1001)]
    public void Benchmark_is_solved_within_its_bar(int number, double best, double bar)
    {
        var problem = Instance(number);
        var plan = RosterOptimizer.Solve(problem, new() { TimeLimit = TimeSpan.FromSeconds(60) });
        Assert.NotNull(plan.Shifts);
        Assert.Empty(RosterCheck.Broken(problem, plan.Shifts));
        Assert.Equal(plan.Cost, RosterCheck.Cost(problem, plan.Shifts), 1e-6);
        Assert.InRange(plan.Cost, best, bar);
        Assert.InRange(plan.Bound, 0.98 * plan.Cost, best);
    }

    static RosterContract Contract(int most, int least = 0, int run = 5, int shortest = 1, int rest = 1, int weekends = 5) =>
        new()
        {
            MaximumShifts = new Dictionary<string, int>(),
            MaximumMinutes = most,
            MinimumMinutes = least,
            MaximumRun = run,
            MinimumRun = shortest,
            MinimumRest = rest,
            MaximumWeekends = weekends,
        };

    /// <summary>Two people, six days, two shifts, drawn from a seed.</summary>
    static RosterProblem Small(ulong seed)
    {
        int Draw(ulong at, int bound) => Halley.Kernels.CounterRandom.Integer(seed, at, 0, bound);
        return new()
        {
            Days = 6,
            FirstDay = (DayOfWeek)Draw(1, 7),
            Shifts = [new("E", 480, []), new("L", 600, ["E"])],
            People =
            [
                new(
                    "Ada",
                    Contract(
                        1_800 + 120 * Draw(2, 5),
                        480 * Draw(3, 4),
                        2 + Draw(4, 3),
                        1 + Draw(5, 2),
                        1 + Draw(6, 2),
                        Draw(7, 2)
                    ),
                    new HashSet<int> { Draw(8, 6) }
                ),
                new(
                    "Ben",
                    Contract(3_000, 0, 3, 1, 1, 1) with
                    {
                        MaximumShifts = new Dictionary<string, int> { ["L"] = 1 + Draw(9, 2) },
                    },
                    new HashSet<int>()
                ),
            ],
            Wishes =
            [
                new("Ada", Draw(10, 6), "L", true, 3),
                new("Ben", Draw(11, 6), "E", false, 4),
                new("Ben", Draw(12, 6), "L", true, 2),
            ],
            Cover =
            [
                .. Enumerable
                    .Range(0, 12)
                    .Select(i => new CoverNeed(
                        i / 2,
                        i % 2 == 0 ? "E" : "L",
                        Draw((ulong)(20 + i), 3),
                        10,
                        1 + Draw((ulong)(40 + i), 4)
                    )),
            ],
        };
    }

    [Fact]
    public void Every_small_problem_is_solved_as_by_trying_all_plans()
    {
        var (solved, refused) = (0, 0);
        for (ulong seed = 1; seed <= 25; seed++)
        {
            var problem = Small(seed);
            var best = Cheapest(problem);
            var plan = RosterOptimizer.Solve(problem);
            if (plan.Shifts is null)
            {
                Assert.True(double.IsPositiveInfinity(best), $"seed {seed}");
                Assert.Equal("Ada", Assert.Single(plan.Clashes).Person);
                refused++;
                continue;
            }
            Assert.Equal((best, best), (plan.Cost, plan.Bound));
            Assert.Empty(RosterCheck.Broken(problem, plan.Shifts));
            Assert.Equal(plan.Cost, RosterCheck.Cost(problem, plan.Shifts), 1e-9);
            solved++;
        }
        Assert.True(solved > 10 && refused > 0, $"{solved} solved, {refused} refused");
    }

    static double Cheapest(RosterProblem problem)
    {
        var singles = Enumerable.Range(0, 2).Select(person => Rosters(problem, person).ToList()).ToArray();
        var (best, roster) = (double.PositiveInfinity, new int[2, 6]);
        foreach (var first in singles[0])
        {
            foreach (var second in singles[1])
            {
                for (var day = 0; day < 6; day++)
                    (roster[0, day], roster[1, day]) = (first[day], second[day]);
                best = Math.Min(best, RosterCheck.Cost(problem, roster));
            }
        }
        return best;
    }

    static IEnumerable<int[]> Rosters(RosterProblem problem, int person)
    {
        var roster = new int[2, 6];
        for (var code = 0; code < 729; code++)
        {
            var one = new int[6];
            for (var (day, rest) = (0, code); day < 6; day++, rest /= 3)
                roster[person, day] = one[day] = rest % 3 - 1;
            for (var day = 0; day < 6; day++)
                roster[1 - person, day] = -1;
            if (RosterCheck.Broken(problem, roster).All(rule => rule.Person != problem.People[person].Name))
                yield return one;
        }
    }

    [Fact]
    public void Each_broken_rule_is_told_with_person_and_day()
    {
        var problem = Small(1) with
        {
            FirstDay = DayOfWeek.Saturday,
            People =
            [
                new("Ada", Contract(1_500, 1_000, run: 2, shortest: 2, rest: 2, weekends: 0), new HashSet<int> { 3 }),
                new(
                    "Ben",
                    Contract(3_000) with
                    {
                        MaximumShifts = new Dictionary<string, int> { ["L"] = 0, ["E"] = 1 },
                    },
                    new HashSet<int>()
                ),
            ],
            Pins = [new("Ben", 5, "E")],
            Wishes = [],
        };
        var roster = new[,]
        {
            { 1, 0, -1, 0, -1, -1 },
            { 0, 0, 1, -1, -1, -1 },
        };
        Assert.Equal(
            [
                "Ada 1 works E on the day after L",
                "Ada 3 works E on a day off",
                "Ada -1 works 1560 minutes, at most 1500 are allowed",
                "Ada -1 works on 1 weekends, at most 0 are allowed",
                "Ada 2 has only 1 days off in a row, at least 2 are due",
                "Ada 3 works only 1 days in a row, at least 2 are due",
                "Ben 2 can't work L",
                "Ben -1 works E 2 times, at most 1 are allowed",
                "Ben 5 is pinned to E",
            ],
            RosterCheck.Broken(problem, roster).Select(rule => $"{rule.Person} {rule.Day} {rule.Rule}")
        );
    }

    [Fact]
    public void A_person_without_any_roster_is_named_with_each_rule_that_would_cure_it()
    {
        var problem = Small(2) with
        {
            FirstDay = DayOfWeek.Monday,
            People =
            [
                new("Ada", Contract(2_400, 1_920, run: 2, rest: 3), new HashSet<int>()),
                new("Ben", Contract(3_000), new HashSet<int>()),
            ],
            Shifts = [new("E", 480, []), new("L", 480, ["E"])],
            Wishes = [],
        };
        var plan = RosterOptimizer.Solve(problem);
        Assert.Null(plan.Shifts);
        var clash = Assert.Single(plan.Clashes);
        Assert.Equal("Ada", clash.Person);
        Assert.Equal(
            [
                "least minutes 1920: 1440 or a little more would do",
                "at most 2 days in a row: 4 would do",
                "at least 3 days off in a row: 1 would do",
            ],
            clash.Rules
        );
    }

    [Fact]
    public void Replanning_around_each_person_of_twenty_keeps_the_rest_where_it_can()
    {
        var problem = Instance(3);
        var plan = RosterOptimizer.Solve(problem, new() { TimeLimit = TimeSpan.FromSeconds(10) });
        foreach (var person in new[] { 0, 7, 19 })
        {
            var name = problem.People[person].Name;
            var around = RosterReplan.Around(problem, plan.Shifts!, (one, day) => one == name && day >= 4, 2, 5);
            var again = RosterOptimizer.Solve(around, new() { TimeLimit = TimeSpan.FromSeconds(10) });
            Assert.NotNull(again.Shifts);
            Assert.Empty(RosterCheck.Broken(around, again.Shifts));
            var changes = RosterReplan.Changes(problem, plan.Shifts!, again.Shifts);
            Assert.All(changes, change => Assert.InRange(change.Day, 2, 13));
            for (var day = 4; day < problem.Days; day++)
                Assert.Equal(-1, again.Shifts[person, day]);
            // Dearer changes, no more of them.
            var dear = RosterOptimizer.Solve(around with { ChangeCost = 200 }, new() { TimeLimit = TimeSpan.FromSeconds(10) });
            Assert.True(RosterReplan.Changes(problem, plan.Shifts!, dear.Shifts!).Count <= changes.Count);
        }
    }

    [Fact]
    public void A_plan_comes_back_from_its_sheets_and_a_wrong_cell_is_named()
    {
        var problem = Small(3) with { Days = 6 };
        var (first, roster) = (
            new DateOnly(2026, 6, 1),
            new[,]
            {
                { 0, 1, -1, -1, 0, 0 },
                { -1, -1, 1, 1, -1, 0 },
            }
        );
        var sheets = RosterSheets.Of(problem, first, roster);
        Assert.Equal("week 1", Assert.Single(sheets).Name);
        Assert.Equal(roster, RosterSheets.Read(problem, first, sheets));

        var rows = sheets[0].Rows.Select(row => row.ToArray()).ToArray();
        rows[2][3] = new("N");
        var fault = Assert.Throws<HalleyException>(() => RosterSheets.Read(problem, first, [new("week 1", rows)]));
        Assert.Contains(
            "sheet 'week 1', Ben on 2026-06-03: there is no shift 'N'. Shifts: E, L",
            fault.Message,
            StringComparison.Ordinal
        );
    }
}
