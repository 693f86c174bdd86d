using Halley.Kernels;

namespace Halley.Registry.Tests;

/// <summary>The statistics of experiments, where the truth is known.</summary>
public sealed class ExperimentTallyTests
{
    static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    static readonly VersionId Champion = new("quote", 1);
    static readonly VersionId Challenger = new("quote", 2);

    static readonly Experiment Rules = new()
    {
        Id = "e",
        Environment = "production",
        Decision = "quote",
        Release = Challenger,
        Against = Champion,
        Grade = ValueGrade.RandomisedArm,
        Split = 1,
        Value = new()
        {
            Decision = "quote",
            Currency = "EUR",
            Unit = "customer",
            Terms = [new() { Output = "value" }],
        },
        MinimumDifference = 2,
        PlannedDecisions = 2000,
        PlannedEnd = Start.AddDays(70),
        By = Actor.Unverified("ann"),
        At = Start,
        Why = "test",
    };

    static readonly IReadOnlyDictionary<long, (double, double)> Shares = new Dictionary<long, (double, double)>
    {
        [1] = (0.3, 0.7),
        [2] = (0.5, 0.5),
    };

    [Fact]
    public void Verdicts_follow_from_where_the_interval_lies()
    {
        Assert.Equal(Verdict.Better, Verdicts.Of(new(1, 1, 0.1, 2), 5));
        Assert.Equal(Verdict.Worse, Verdicts.Of(new(-1, 1, -2, -0.1), 5));
        Assert.Equal(Verdict.NoDifference, Verdicts.Of(new(0, 1, -2, 2), 2));
        Assert.Equal(Verdict.Undecided, Verdicts.Of(new(0, 1, -2, 2.1), 2));
        Assert.Equal(Verdict.Undecided, Verdicts.Of(new(0, 1, -2, 2), null));
        Assert.Equal(Verdict.Undecided, Verdicts.Of(new(double.NaN, 1, double.NaN, double.NaN), 2));
    }

    // 400 experiments of 2,000 visits, looked at 20 times, shares changed in the middle, units returning: at most 5 % may ever miss.
    [Theory]
    [InlineData(0)]
    [InlineData(1.5)]
    public void No_look_misses_the_truth_in_more_than_five_of_a_hundred_experiments(double gain)
    {
        const int runs = 400;
        var (missed, wrong, decided) = (0, 0, 0);
        for (var run = 0; run < runs; run++)
        {
            var tally = new ExperimentTally(Rules, Shares);
            var isMissed = false;
            var visits = 0;
            foreach (var decision in Play((ulong)run, 2000, gain))
            {
                tally.Came(decision);
                tally.Add(decision);
                if (++visits % 100 != 0)
                    continue;
                var found = tally.Read();
                // Each unit comes once or twice; what a unit earns more is the gain times its visits so far.
                isMissed |= found.Estimate.Lower > MeanVisits(visits) * gain || found.Estimate.Upper < MeanVisits(visits) * gain;
            }
            var verdict = tally.VerdictOf(tally.Read());
            missed += isMissed ? 1 : 0;
            wrong += verdict == Verdict.Worse || (gain == 0 && verdict == Verdict.Better) ? 1 : 0;
            decided += verdict == Verdict.Undecided ? 0 : 1;
        }
        Assert.InRange(missed, 0, 0.05 * runs);
        Assert.InRange(wrong, 0, 0.05 * runs);
        Assert.True(decided > 0, "a test in which nothing is ever decided proves nothing");
    }

    [Fact]
    public void A_planned_effect_is_found_with_the_planned_power_and_a_little_more()
    {
        var traffic = new ExperimentTraffic(200, 1, Math.Sqrt(1.0 / 12) * 20, "given");
        var plan = ExperimentPlanner.ForWeeks(traffic, (0.3, 0.7), 10, TimeSpan.Zero);
        Assert.Equal(600, plan.Units, 9);
        Assert.Equal(1400, plan.AgainstUnits, 9);
        var back = ExperimentPlanner.ForEffect(traffic, (0.3, 0.7), plan.Detectable, TimeSpan.Zero);
        Assert.Equal(10, back.Weeks, 9);
        var found = 0;
        const int runs = 400;
        for (var run = 0; run < runs; run++)
        {
            var tally = new ExperimentTally(Rules with { PlannedDecisions = plan.Decisions }, Shares);
            var isFound = false;
            for (var visit = 0; visit < 2000; visit++)
            {
                var random = CounterRandom.Generator(3, (ulong)(run * 2000 + visit));
                var isMine = random.NextDouble() < 0.3;
                tally.Add(
                    Of($"{visit}", Start.AddMinutes(visit), isMine, 1, 20 * random.NextDouble() + (isMine ? plan.Detectable : 0))
                );
                if (visit % 200 == 199)
                    isFound |= tally.Read().Estimate.Lower > 0;
            }
            found += isFound ? 1 : 0;
        }
        // Looks before the end add a little to the chance at the end.
        Assert.InRange(found, 0.76 * runs, 0.92 * runs);
    }

    [Fact]
    public void Each_arm_needs_a_hundred_units_before_the_first_look()
    {
        var tally = new ExperimentTally(Rules, Shares);
        foreach (var decision in Play(1, 200, 0))
            tally.Add(decision);
        Assert.True(double.IsNaN(tally.Read().Estimate.Lower));
        Assert.Equal(Verdict.Undecided, tally.VerdictOf(tally.Read()));
    }

    [Fact]
    public void Only_decisions_of_the_same_split_and_champion_count()
    {
        var tally = new ExperimentTally(Rules, Shares);
        var counted = Of("u", Start.AddDays(1), true, 1, 1);
        Assert.True(tally.Counts(counted));
        Assert.False(tally.Counts(Of("u", Start.AddDays(1), true, 3, 1)));
        Assert.False(tally.Counts(Of("u", Start.AddDays(-1), true, 1, 1)));
        Assert.False(tally.Counts(Of("u", Start.AddDays(71), true, 1, 1)));
        Assert.False(tally.Counts(Of("u", Start.AddDays(1), true, 1, 1, release: 7)));
        Assert.False(tally.Counts(Of("u", Start.AddDays(1), true, 1, 1, route: "timetable")));
    }

    [Fact]
    public void A_sound_split_is_never_doubted_and_a_lost_arm_soon_is()
    {
        var alarms = 0;
        for (var run = 0; run < 300; run++)
        {
            var split = new SplitSequence();
            for (var unit = 0; unit < 2000; unit++)
                split.Add($"{unit}", CounterRandom.Uniform(4, (ulong)run, (ulong)unit) < 0.2, 0.2);
            alarms += split.IsSound ? 0 : 1;
        }
        Assert.InRange(alarms, 0, 3);
        var lost = new SplitSequence();
        for (var unit = 0; unit < 5000; unit++)
        {
            var isMine = CounterRandom.Uniform(5, 1, (ulong)unit) < 0.2;
            // A third of the units of one arm never comes.
            if (!isMine || unit % 3 > 0)
                lost.Add($"{unit}", isMine, 0.2);
        }
        Assert.False(lost.IsSound);
    }

    [Fact]
    public void The_evidence_of_a_split_is_that_of_its_share()
    {
        var split = new SplitSequence();
        for (var unit = 0; unit < 500; unit++)
            split.Add($"{unit}", unit % 3 == 0, 0.2);
        Assert.Equal(Statistics.ShareSequence.LogEvidence(167, 500, 0.2, 40, 160), split.Evidence, 9);
        Assert.True(split.Peak >= split.Evidence);
    }

    [Fact]
    public void A_split_that_is_not_sound_gives_no_verdict()
    {
        var tally = new ExperimentTally(Rules, Shares);
        foreach (var decision in Play(1, 4000, 30))
        {
            if (decision.Arm == ReleaseRole.Challenger && decision.Time.Minute % 2 == 0)
                continue;
            tally.Came(decision);
            tally.Add(decision);
        }
        Assert.True(tally.Read().Estimate.Lower > 0);
        Assert.Equal(Verdict.Undecided, tally.VerdictOf(tally.Read()));
        Assert.Contains(
            "no figure is to be believed",
            ExperimentWords.Report(Rules, tally, Start.AddDays(80), [], []).Sentence,
            StringComparison.Ordinal
        );
    }

    static double MeanVisits(int visits) => visits / Math.Ceiling(visits / 1.5);

    /// <summary>Units come twice, once, twice, once …, each visit of a minute; shares change after half of them.</summary>
    static IEnumerable<ValuedDecision> Play(ulong seed, int visits, double gain)
    {
        var visit = 0;
        for (var unit = 0; visit < visits; unit++)
        {
            var random = CounterRandom.Generator(seed, (ulong)unit);
            var (bucket, level) = (random.NextDouble(), 10 * random.NextDouble());
            for (var again = 0; again <= 1 - unit % 2 && visit < visits; again++, visit++)
            {
                var revision = visit < visits / 2 ? 1 : 2;
                var isMine = bucket < Shares[revision].Item1;
                yield return Of(
                    $"{unit}",
                    Start.AddMinutes(visit),
                    isMine,
                    revision,
                    level + 10 * random.NextDouble() + (isMine ? gain : 0)
                );
            }
        }
    }

    static ValuedDecision Of(
        string unit,
        DateTimeOffset time,
        bool isMine,
        long revision,
        double value,
        int release = 2,
        string? route = null
    )
    {
        var (mine, other) = Shares.GetValueOrDefault(revision, (0.5, 0.5));
        return new(
            new()
            {
                Id = Guid.CreateVersion7(time),
                Time = time,
                Environment = "production",
                Decision = "quote",
                Release = isMine ? new("quote", release) : Champion,
                Arm = isMine ? ReleaseRole.Challenger : ReleaseRole.Champion,
                Probability = isMine ? mine : other,
                Revision = revision,
                Route = route,
                UnitId = unit,
            },
            [value],
            double.NaN
        )
        {
            Outcomes = { [0] = 1 },
        };
    }
}
