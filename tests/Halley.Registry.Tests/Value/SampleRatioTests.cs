namespace Halley.Registry.Tests;

public sealed class SampleRatioTests
{
    [Fact]
    public void A_sound_split_raises_an_alarm_in_about_one_of_a_thousand_runs()
    {
        // Binomial: 1,000 runs with chance 0.001 give more than 7 with probability 1e-5.
        var alarms = Enumerable.Range(0, 1000).Count(run => SampleRatio.Problems(Play(run, lost: 0)).Any());
        Assert.InRange(alarms, 0, 7);
    }

    [Fact]
    public void Lost_requests_of_one_arm_are_found_and_told_in_numbers()
    {
        var problem = Assert.Single(SampleRatio.Problems(Play(1, lost: 0.3)));
        Assert.StartsWith(
            "The split between quote@2 and quote@1 is not what it should be: of ",
            problem,
            StringComparison.Ordinal
        );
        Assert.Contains("met quote@2, where", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_of_share_and_returning_units_are_no_mismatch() =>
        Assert.Empty(SampleRatio.Problems([.. Play(3, lost: 0, share: 0.1), .. Play(4, lost: 0, share: 0.5, revision: 2)]));

    [Fact]
    public void What_no_hash_assigned_does_not_count() =>
        Assert.Empty(
            SampleRatio.Problems([
                .. Play(5, lost: 0),
                .. Enumerable.Range(0, 500).Select(i => Of($"t{i}", 1, ReleaseRole.Champion, 1, 1, "timetable")),
            ])
        );

    static List<ValuedDecision> Play(int seed, double lost, double share = 0.2, long revision = 1)
    {
        var random = new Random(seed);
        var decisions = new List<ValuedDecision>();
        for (var i = 0; i < 400; i++)
        {
            var isChallenger = random.NextDouble() < share;
            var arm = isChallenger ? ReleaseRole.Challenger : ReleaseRole.Champion;
            if (isChallenger && random.NextDouble() < lost * 2)
                continue;
            for (var visit = 0; visit <= i % 2; visit++)
                decisions.Add(Of($"{seed}-{i}", isChallenger ? 2 : 1, arm, isChallenger ? share : 1 - share, revision, null));
        }
        return decisions;
    }

    static ValuedDecision Of(string unit, int release, ReleaseRole arm, double probability, long revision, string? route) =>
        new(
            new()
            {
                Id = Guid.NewGuid(),
                Time = default,
                Environment = "production",
                Decision = "quote",
                Release = new("quote", release),
                Revision = revision,
                Arm = arm,
                Probability = probability,
                Route = route,
                UnitId = unit,
            },
            [],
            double.NaN
        );
}
