namespace Halley.Decisions.Tests;

public sealed class RandomCheckTests
{
    const int Claims = 20_000;

    static BatchResult Decide(DecisionDefinition definition, double reserve = 1000) =>
        Sample
            .Engine(definition)
            .Decide(
                new Table([
                    new NumericColumn("claim", [.. Enumerable.Range(1, Claims).Select(id => (double)id)]),
                    new NumericColumn("report_delay", new double[Claims]),
                    new BooleanColumn("night", new sbyte[Claims]),
                    new NumericColumn("past_claims", new double[Claims]),
                    new NumericColumn("reserve", [.. Enumerable.Repeat(reserve, Claims)]),
                ])
            );

    static bool[] Drawn(BatchResult result) =>
        [.. ((BooleanColumn)result.Answers["check_drawn"]).Values.ToArray().Select(flag => flag == 1)];

    [Fact]
    public void The_declared_share_is_drawn_and_its_probability_is_logged()
    {
        var result = Decide(Sample.Triage);
        var drawn = Drawn(result).Count(isDrawn => isDrawn);
        // Standard deviation √(20000·0.05·0.95) = 31.
        Assert.InRange(drawn, 1000 - 150, 1000 + 150);
        Assert.All(result.Answers.Numeric("check_probability").Values.ToArray(), probability => Assert.Equal(0.05, probability));
        Assert.Equal(drawn, result.Answers.Categorical("action").Codes.ToArray().Count(code => code == 1));
    }

    [Fact]
    public void The_same_unit_is_drawn_again_and_another_salt_draws_others()
    {
        var first = Drawn(Decide(Sample.Triage));
        Assert.Equal(first, Drawn(Decide(Sample.Triage)));
        var other = Drawn(Decide(Sample.Triage with { RandomCheck = Sample.Triage.RandomCheck! with { Salt = "2027" } }));
        var both = first.Zip(other).Count(pair => pair is (true, true));
        // Independent draws meet in 50 of 20,000, standard deviation 7.
        Assert.InRange(both, 15, 85);
    }

    [Fact]
    public void Records_outside_the_group_are_not_drawn_and_say_so()
    {
        var result = Decide(Sample.Triage, reserve: 50);
        Assert.DoesNotContain(true, Drawn(result));
        Assert.All(result.Answers.Numeric("check_probability").Values.ToArray(), probability => Assert.Equal(0, probability));
    }

    [Fact]
    public void A_record_that_is_checked_anyway_has_probability_1()
    {
        var result = Decide(Sample.Triage, reserve: 3000);
        Assert.All(result.Answers.Numeric("check_probability").Values.ToArray(), probability => Assert.Equal(1, probability));
        Assert.DoesNotContain(0, result.Answers.Categorical("action").Codes.ToArray());
    }

    [Fact]
    public void Weighting_by_the_logged_probability_recovers_the_whole()
    {
        // Handlers look at dear claims and at drawn ones; the mean reserve of all is estimated from what they saw.
        var reserves = Enumerable.Range(0, Claims).Select(claim => 101 + claim % 2000 * 1.0).ToArray();
        var table = new Table([
            new NumericColumn("claim", [.. Enumerable.Range(1, Claims).Select(id => (double)id)]),
            new NumericColumn("report_delay", new double[Claims]),
            new BooleanColumn("night", new sbyte[Claims]),
            new NumericColumn("past_claims", new double[Claims]),
            new NumericColumn("reserve", reserves),
        ]);
        var result = Sample.Engine(Sample.Triage).Decide(table);
        var (actions, probabilities) = (result.Answers.Categorical("action"), result.Answers.Numeric("check_probability"));
        var (weighted, plain, seen) = (0.0, 0.0, 0);
        for (var row = 0; row < Claims; row++)
        {
            if (actions.Codes[row] == 0)
                continue;
            weighted += reserves[row] / probabilities.Values[row] / Claims;
            plain += reserves[row];
            seen++;
        }
        Assert.InRange(weighted, reserves.Average() * 0.95, reserves.Average() * 1.05);
        Assert.True(plain / seen > reserves.Average() * 1.3);
    }

    [Fact]
    public void Draw_is_a_stable_fraction_of_the_hash()
    {
        // The first 53 bits of SHA-256("2026\nclaim-1"), by another implementation.
        Assert.Equal(0.18516687149834765, RandomDraw.Of("2026", "claim-1"));
        Assert.True(double.IsNaN(RandomDraw.Of("2026", null)));
        Assert.InRange(RandomDraw.Of(new string('s', 1000), "é"), 0, 1);
    }
}
