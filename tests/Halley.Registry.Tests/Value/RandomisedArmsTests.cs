namespace Halley.Registry.Tests;

public sealed class RandomisedArmsTests
{
    static readonly ValueDefinition Money = new()
    {
        Decision = "quote",
        Currency = "EUR",
        Terms = [new() { Output = "value" }],
    };

    // The truth is known here: the interval must hold it in 95 % of repetitions (binomial error of 400 runs: 1.1 %).
    [Theory]
    [InlineData(0.1, 0.1)]
    [InlineData(0.1, 0.5)]
    public void The_interval_holds_the_truth_as_often_as_it_says_when_units_return_and_shares_change(
        double share,
        double laterShare
    )
    {
        // In each of two periods; a unit meets both.
        const double gain = 3;
        const int runs = 400;
        var held = 0;
        for (var run = 0; run < runs; run++)
        {
            var found = Assert.Single(RandomisedArms.Find(Play(new Random(run), share, laterShare, gain), Money));
            if (found.Difference.Contains(2 * gain))
                held++;
        }
        Assert.InRange(held, 0.95 * runs - 3.2 * Math.Sqrt(runs * 0.95 * 0.05), runs - 1);
    }

    // Season: later weeks earn 40 more, and the challenger has most of its units there. Unweighted means would show a gain of about 14.
    [Fact]
    public void A_change_of_shares_over_a_season_is_no_gain()
    {
        var found = Assert.Single(RandomisedArms.Find(Play(new Random(1), 0.1, 0.5, gain: 0, units: 20_000, season: 40), Money));
        Assert.InRange(found.Difference.Value, -2, 2);
        Assert.True(found.Difference.Contains(0));
    }

    [Fact]
    public void The_champions_weeks_before_the_experiment_are_left_out()
    {
        var decisions = Play(new Random(1), 0, 0.5, gain: 0, units: 2000, season: 1000);
        var found = Assert.Single(RandomisedArms.Find(decisions, Money));
        Assert.True(found.Difference.Contains(0));
        Assert.Equal(decisions.Count(decision => decision.Revision == 2), found.Decisions);
    }

    [Fact]
    public void With_equal_weights_and_one_row_a_unit_it_is_Welchs_interval()
    {
        double[] first = [1, 4, 9, 16, 25, 7];
        double[] second = [2, 3, 5, 7];
        var expected = Statistics.MeanDifference.TwoSample(first, second);
        var index = new UnitIndex();
        var actual = Mean("a", first, index).Minus(Mean("b", second, index));
        Assert.Equal(expected.Value, actual.Value, 12);
        Assert.Equal(expected.Lower, actual.Lower, 10);
        Assert.Equal(expected.Upper, actual.Upper, 10);
    }

    [Fact]
    public void A_unit_counted_twice_adds_no_certainty()
    {
        double[] values = [1, 4, 9, 16, 25, 7];
        var index = new UnitIndex();
        var once = Mean("a", values, index);
        var twice = ClusteredMean.Of(values.SelectMany((value, i) => new[] { ($"a{i}", value), ($"a{i}", value) }), index);
        Assert.Equal(once.Mean, twice.Mean, 12);
        Assert.Equal(once.Variance, twice.Variance, 12);
        Assert.Equal(once.Units, twice.Units);
        Assert.Equal(0, once.Minus(twice).StandardError, 6);
    }

    static ClusteredMean Mean(string prefix, double[] values, UnitIndex index) =>
        ClusteredMean.Of(values.Select((value, i) => ($"{prefix}{i}", value)), index);

    /// <summary>Two periods with shares of their own; each unit comes once or twice in each, and keeps its own level.</summary>
    static List<ValuedDecision> Play(
        Random random,
        double share,
        double laterShare,
        double gain,
        int units = 400,
        double season = 0
    )
    {
        var decisions = new List<ValuedDecision>();
        var time = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var draw = Enumerable
            .Range(0, units)
            .Select(_ => (Bucket: random.NextDouble(), Level: 20 * random.NextDouble()))
            .ToArray();
        for (var period = 1; period <= 2; period++)
        {
            var now = period == 1 ? share : laterShare;
            for (var unit = 0; unit < units; unit++)
            {
                var isChallenger = draw[unit].Bucket < now;
                var visits = 1 + unit % 2;
                for (var visit = 0; visit < visits; visit++)
                {
                    time = time.AddMinutes(1);
                    var value =
                        (draw[unit].Level + 10 * random.NextDouble() + (isChallenger ? gain : 0) + (period == 2 ? season : 0))
                        / visits;
                    decisions.Add(Decision($"unit-{unit}", time, isChallenger, isChallenger ? now : 1 - now, period, value));
                }
            }
        }
        return decisions;
    }

    static ValuedDecision Decision(
        string unit,
        DateTimeOffset time,
        bool isChallenger,
        double probability,
        long revision,
        double value
    ) =>
        new(
            new()
            {
                Id = Guid.CreateVersion7(time),
                Time = time,
                Environment = "production",
                Decision = "quote",
                Release = new("quote", isChallenger ? 2 : 1),
                Arm = isChallenger ? ReleaseRole.Challenger : ReleaseRole.Champion,
                Probability = probability,
                Revision = revision,
                UnitId = unit,
            },
            [value],
            double.NaN
        )
        {
            Outcomes = { [0] = 1 },
        };
}
