using CsCheck;

namespace Halley.Registry.Tests;

public sealed class ArmAssignerTests
{
    static readonly VersionId One = new("quote", 1);
    static readonly VersionId Two = new("quote", 2);
    static readonly VersionId Three = new("quote", 3);
    static readonly string[] Units = [.. Enumerable.Range(0, 20_000).Select(i => $"policy-{i}")];

    // Shares of two challengers before and after, in buckets, leaving the champion some.
    static readonly Gen<(int A, int B, int A2)> Shares = Gen.Select(
        Gen.Int[1, 49_000],
        Gen.Int[1, 49_000],
        Gen.Int[1, 49_000],
        (a, b, a2) => (a, b, a2)
    );

    [Fact]
    public void A_unit_meets_the_same_arm_whenever_it_comes()
    {
        var arms = Arms((Two, 0.2), (Three, 0.1));
        var first = new ArmAssigner("production", "quote", arms);
        var second = new ArmAssigner("production", "quote", arms with { Shadows = [new("quote", 9)] });
        Assert.All(Units, unit => Assert.Equal(first.Assign(unit), second.Assign(unit)));
    }

    // The split of live units must not move with a new version of Halley: these buckets were computed with Python's hashlib.
    [Theory]
    [InlineData("policy-1", 17_546)]
    [InlineData("Ünit/保険", 54_941)]
    [InlineData("", 84_542)]
    public void The_bucket_of_a_unit_never_changes(string unit, int bucket) =>
        Assert.Equal(bucket, new ArmAssigner("production", "motor-quote", Arms((Two, 0.5))).Assign(unit).Bucket);

    [Fact]
    public void Arms_get_their_share_and_the_probability_is_the_share()
    {
        var assigner = new ArmAssigner("production", "quote", Arms((Two, 0.2), (Three, 0.05)));
        foreach (var group in Units.Select(assigner.Assign).GroupBy(arm => (arm.Release, arm.Probability)))
        {
            var share = (double)group.Count() / Units.Length;
            var error = Math.Sqrt(group.Key.Probability * (1 - group.Key.Probability) / Units.Length);
            Assert.InRange(share, group.Key.Probability - 5 * error, group.Key.Probability + 5 * error);
        }
        Assert.Equal([0.05, 0.2, 0.75], Units.Select(unit => assigner.Assign(unit).Probability).Distinct().Order());
    }

    [Fact]
    public void Buckets_are_filled_evenly()
    {
        var assigner = new ArmAssigner("production", "quote", Arms((Two, 0.5)));
        const int cells = 100;
        var counts = new int[cells];
        foreach (var unit in Units)
            counts[assigner.Assign(unit).Bucket / (LiveArms.BucketTotal / cells)]++;
        var expected = (double)Units.Length / cells;
        var chiSquare = counts.Sum(count => (count - expected) * (count - expected) / expected);
        // 99 degrees of freedom: 0.9999 quantile 161.3.
        Assert.InRange(chiSquare, 0, 161.3);
    }

    [Fact]
    public void Another_experiment_or_another_decision_splits_independently()
    {
        var arms = Arms((Two, 0.5));
        var one = new ArmAssigner("production", "quote", arms);
        foreach (
            var other in new[]
            {
                new ArmAssigner("production", "quote", arms with { Experiment = 2 }),
                new ArmAssigner("production", "triage", arms),
                new ArmAssigner("staging", "quote", arms),
            }
        )
        {
            var both = Units.Count(unit => one.Assign(unit).Release == Two && other.Assign(unit).Release == Two);
            Assert.InRange((double)both / Units.Length, 0.25 - 0.016, 0.25 + 0.016);
        }
    }

    [Fact]
    public void Changing_one_share_moves_exactly_the_needed_buckets_and_no_unit_of_another_challenger() =>
        Shares.Sample(
            shares =>
            {
                var before = Buckets(Two, shares.A, Buckets(Three, shares.B, Champion()));
                var after = Buckets(Two, shares.A2, before);
                var (old, now) = (Owners(before), Owners(after));
                var moved = Enumerable.Range(0, LiveArms.BucketTotal).Where(bucket => old[bucket] != now[bucket]).ToList();
                Assert.Equal(Math.Abs(shares.A2 - shares.A), moved.Count);
                Assert.DoesNotContain(Three, moved.SelectMany(bucket => new[] { old[bucket], now[bucket] }).Distinct());
                Assert.Equal(shares.A2, after.Challengers.Single(arm => arm.Release == Two).BucketCount);
                // Widening moves no unit that is already in; narrowing brings no new one in.
                Assert.All(
                    moved.Select(bucket => now[bucket]).Distinct(),
                    owner => Assert.Equal(shares.A2 > shares.A ? Two : One, owner)
                );
            },
            iter: 60
        );

    [Fact]
    public void A_withdrawn_challenger_gives_its_units_to_the_champion_only()
    {
        var before = Arms((Two, 0.2), (Three, 0.1));
        var (old, now) = (Owners(before), Owners(ArmPlan.Withdraw(before, Two)));
        for (var bucket = 0; bucket < LiveArms.BucketTotal; bucket++)
            Assert.Equal(old[bucket] == Two ? One : old[bucket], now[bucket]);
    }

    [Fact]
    public void The_first_challenger_starts_an_experiment_and_a_second_one_joins_it()
    {
        Assert.Equal(0, Champion().Experiment);
        var both = Arms((Two, 0.2), (Three, 0.1));
        Assert.Equal(1, both.Experiment);
        var none = ArmPlan.Withdraw(ArmPlan.Withdraw(both, Two), Three);
        Assert.Equal(2, ArmPlan.Challenge(none, Two, 0.2).Experiment);
    }

    [Theory]
    [InlineData(0.0, "0 %")]
    [InlineData(-0.1, "-10 %")]
    [InlineData(0.8, "80 %")]
    [InlineData(0.000001, "0 %")]
    public void A_share_that_cannot_be_given_says_what_is_free(double share, string text)
    {
        var fault = Assert.Throws<Data.HalleyException>(() => ArmPlan.Challenge(Arms((Two, 0.2)), Three, share));
        Assert.Equal(
            $"HLY5203: quote@3 cannot have {text} of the units: at least 0.001 % and at most 79.999 % are free, the champion keeps the rest. Give another share, or take a challenger out with 'halley withdraw RELEASE --in ENVIRONMENT'.",
            fault.Message
        );
    }

    static LiveArms Champion() => new() { Champion = One };

    static LiveArms Arms(params (VersionId Release, double Share)[] challengers) =>
        challengers.Aggregate(Champion(), (arms, challenger) => ArmPlan.Challenge(arms, challenger.Release, challenger.Share));

    static LiveArms Buckets(VersionId release, int count, LiveArms arms) =>
        ArmPlan.Challenge(arms, release, (double)count / LiveArms.BucketTotal);

    static VersionId[] Owners(LiveArms arms)
    {
        var owners = new VersionId[LiveArms.BucketTotal];
        Array.Fill(owners, arms.Champion!.Value);
        foreach (var arm in arms.Challengers)
        {
            foreach (var range in arm.Buckets)
            {
                Assert.False(owners.AsSpan(range.Start, range.Count).ContainsAnyExcept(One), "two arms own a bucket");
                owners.AsSpan(range.Start, range.Count).Fill(arm.Release);
            }
        }
        return owners;
    }
}
