using System.Globalization;

namespace Halley.Registry.Tests;

public sealed class ValueTests
{
    static readonly ValueDefinition Quote = new()
    {
        Decision = "motor-quote",
        Currency = "EUR",
        Unit = "customer",
        Terms = [new() { Output = "premium", Outcome = "converted" }, new() { Factor = -1, Outcome = "claim_cost" }],
        ExpectedOutput = "expected_profit",
    };

    [Fact]
    public async Task The_value_of_a_decision_is_premium_where_converted_less_claims_as_known_on_the_day()
    {
        await using var desk = new LogDesk();
        var decision = desk.Decision() with { Outputs = Desk.Bytes("{\"premium\":400}") };
        await desk.Log.AppendAsync(decision);
        await desk.Log.AppendAsync([
            LogDesk.Outcome(decision, "1", 1, "converted", day: 1),
            LogDesk.Outcome(decision, "3", 900, "claim_cost", day: 20),
            // Received later, valued earlier: does not supersede.
            LogDesk.Outcome(decision, "2", 700, "claim_cost", day: 10),
        ]);
        await desk.Log.AppendAsync([LogDesk.Outcome(decision, "4", 950, "claim_cost", day: 20)]);
        Assert.Equal(0, await ValueAsync(desk, day: 0));
        Assert.Equal(400, await ValueAsync(desk, day: 9));
        Assert.Equal(-300, await ValueAsync(desk, day: 19));
        Assert.Equal(-550, await ValueAsync(desk, day: 20));
    }

    [Fact]
    public async Task A_capped_outcome_counts_up_to_its_cap_and_a_young_one_for_what_it_will_grow_to()
    {
        await using var desk = new LogDesk();
        var decision = desk.Decision();
        await desk.Log.AppendAsync(decision);
        await desk.Log.AppendAsync([LogDesk.Outcome(decision, "1", 900, "claim_cost", day: 1)]);
        var claims = Quote with { Terms = [new() { Outcome = "claim_cost", Cap = 500 }], Maturity = TimeSpan.FromDays(10) };
        Assert.Equal(500, await ValueAsync(desk, day: 30, claims));
        var developing = claims with
        {
            Terms = [new() { Outcome = "claim_cost", Development = new([new(30, 0.5), new(60, 0.9)]) }],
        };
        // The decision is of 1 March; day 1 is 1 April, 31 days later.
        Assert.Equal(900 / (0.5 + 0.4 / 30), await ValueAsync(desk, day: 1, developing), 9);
        Assert.Equal(900 / 0.7, await ValueAsync(desk, day: 15, developing), 9);
        Assert.Equal(1000, await ValueAsync(desk, day: 90, developing), 9);
    }

    [Fact]
    public void A_pattern_is_linear_between_its_ages()
    {
        var pattern = new DevelopmentPattern([new(10, 0.2), new(30, 0.8)]);
        Assert.Equal(0, pattern.ShareAt(0));
        Assert.Equal(0.1, pattern.ShareAt(5), 12);
        Assert.Equal(0.5, pattern.ShareAt(20), 12);
        Assert.Equal(0.8, pattern.ShareAt(300), 12);
        var bad = Quote with
        {
            MinimumDifference = 0,
            Terms =
            [
                new() { Outcome = "a", Development = new([new(10, 0.2), new(5, 3)]) },
                new() { Output = "premium", Cap = -1 },
            ],
        };
        var problems = Assert.Throws<Data.HalleyException>(bad.Validate).Message;
        foreach (
            var problem in new[]
            {
                "must rise",
                "(0, 2]",
                "cap is -1",
                "without an outcome has a cap",
                "minimum difference is 0",
                "give a maturity",
            }
        )
            Assert.Contains(problem, problems, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_output_or_an_outcome_a_decision_is_worth_nothing()
    {
        await using var desk = new LogDesk();
        var declined = desk.Decision() with { Outputs = Desk.Bytes("{\"action\":\"decline\",\"premium\":null}") };
        await desk.Log.AppendAsync(declined);
        await desk.Log.AppendAsync([LogDesk.Outcome(declined, "1")]);
        Assert.Equal(0, await ValueAsync(desk, day: 20));
    }

    [Fact]
    public async Task Only_live_decisions_that_are_old_enough_count()
    {
        await using var desk = new LogDesk();
        await desk.Log.AppendAsync(desk.Decision("test") with { Purpose = Purpose.Test });
        await desk.Log.AppendAsync(desk.Decision("what-if") with { Purpose = Purpose.WhatIf });
        await desk.Log.AppendAsync(desk.Decision("old"));
        desk.Time.Now = desk.Time.Now.AddDays(2);
        await desk.Log.AppendAsync(desk.Decision("young"));
        desk.Time.Now = desk.Time.Now.AddDays(1);
        var query = new ValueQuery { Environment = "production", AsOf = desk.Time.Now };
        var data = await ValueData.ReadAsync(
            desk.Reader,
            Quote with
            {
                Maturity = TimeSpan.FromDays(2),
            },
            query,
            LogReading.Silent,
            default
        );
        Assert.Equal("old", Assert.Single(data.Decisions).Unit);
    }

    [Fact]
    public async Task From_the_log_alone_a_challenger_a_shadow_and_a_change_of_champion_get_a_line_each()
    {
        await using var desk = new LogDesk();
        var book = new QuoteBook(desk);
        await book.PlayAsync(revision: 1, weeks: 4, champion: 1, shadow: 2);
        await book.PlayAsync(revision: 2, weeks: 4, champion: 1, challenger: 2);
        await book.PlayAsync(revision: 3, weeks: 4, champion: 2);
        var report = await ValueCalculator.ComputeAsync(
            desk.Reader,
            Quote,
            new() { Environment = "production", AsOf = desk.Time.Now }
        );
        Assert.Equal(
            [ValueGrade.RandomisedArm, ValueGrade.ShadowPair, ValueGrade.BeforeAfter],
            report.Lines.Select(line => line.Grade)
        );
        Assert.All(
            report.Lines,
            line =>
            {
                Assert.Equal(("motor-quote@2", "motor-quote@1"), (line.Release.ToString(), line.Against.ToString()));
                Assert.InRange(QuoteBook.TrueGain, line.Lower, line.Upper);
                Assert.True(line.IsKnown && line.Lower > 0 && line.WeeksToKnow is null);
                Assert.True(line.Simulated);
            }
        );
        var arm = report.Lines[0];
        Assert.Equal("customer", arm.Per);
        Assert.Equal("decision", report.Lines[1].Per);
        Assert.Equal(
            string.Create(
                CultureInfo.InvariantCulture,
                $"motor-quote@2 earned {arm.Value:0.00} EUR a customer more than motor-quote@1 (95 % interval {arm.Lower:0.00} to {arm.Upper:0.00})."
            ),
            arm.Sentence
        );
        Assert.Empty(report.Notes);
    }

    [Fact]
    public async Task An_interval_that_holds_zero_is_not_known_yet_and_says_how_many_weeks_more()
    {
        await using var desk = new LogDesk();
        var book = new QuoteBook(desk) { Customers = 60 };
        await book.PlayAsync(revision: 1, weeks: 2, champion: 1, challenger: 2);
        var line = Assert.Single(
            (
                await ValueCalculator.ComputeAsync(
                    desk.Reader,
                    Quote with
                    {
                        ExpectedOutput = null,
                    },
                    new() { Environment = "production", AsOf = desk.Time.Now }
                )
            ).Lines
        );
        Assert.False(line.IsKnown);
        var half = (line.Upper - line.Lower) / 2;
        var span = 2.0 * 59 / 60;
        Assert.Equal(Math.Ceiling((half * half / line.Value / line.Value - 1) * span), line.WeeksToKnow);
        Assert.StartsWith(
            $"not known yet; about {line.WeeksToKnow} more weeks: motor-quote@2 against motor-quote@1 is ",
            line.Sentence
        );
    }

    [Fact]
    public async Task Too_few_units_give_a_line_that_says_so()
    {
        await using var desk = new LogDesk();
        var first = desk.Decision("a");
        await desk.Log.AppendAsync(first);
        await desk.Log.AppendAsync(desk.Decision("b") with { Arm = ReleaseRole.Challenger, Release = new("motor-quote", 2) });
        var query = new ValueQuery { Environment = "production", AsOf = desk.Time.Now.AddDays(40) };
        var quote = Quote with { ExpectedOutput = null };

        // Nobody has said yet what became of a quote: there is no line, and what lacks is named.
        var before = await ValueCalculator.ComputeAsync(desk.Reader, quote, query);
        Assert.Empty(before.Lines);
        Assert.Equal(
            "What releases of 'motor-quote' earned is not known: no outcome of kind 'converted' or 'claim_cost' has been reported for its 2 live decisions.",
            before.Notes[0]
        );

        await desk.Log.AppendAsync([
            LogDesk.Outcome(first, "1", 1, "converted", day: 1),
            LogDesk.Outcome(first, "2", 90, "claim_cost", day: 1),
        ]);
        var report = await ValueCalculator.ComputeAsync(desk.Reader, quote, query);
        var line = Assert.Single(report.Lines);
        Assert.Equal("not known yet: too few customers have answers of both motor-quote@2 and motor-quote@1.", line.Sentence);
        Assert.False(line.IsKnown);
        Assert.Equal(
            "Shadows are not compared: the value definition names no output that holds the expected value.",
            Assert.Single(report.Notes)
        );
    }

    [Fact]
    public async Task An_empty_log_has_no_line_and_says_why()
    {
        await using var desk = new LogDesk();
        var report = await ValueCalculator.ComputeAsync(
            desk.Reader,
            Quote,
            new() { Environment = "production", AsOf = desk.Time.Now }
        );
        Assert.Empty(report.Lines);
        Assert.Equal(
            "There is no live decision of 'motor-quote' in 'production' that is old enough.",
            Assert.Single(report.Notes)
        );
    }

    [Fact]
    public void A_definition_that_cannot_be_used_is_refused_with_every_problem()
    {
        var bad = Quote with { Terms = [new() { Factor = double.NaN }], Currency = "", Maturity = TimeSpan.FromDays(-1) };
        Assert.Equal(
            "HLY5601: the value of 'motor-quote' cannot be computed: a term's factor is NaN; a term names neither an output nor an outcome; it names no currency; its maturity is negative.",
            Assert.Throws<Data.HalleyException>(bad.Validate).Message
        );
    }

    static async Task<double> ValueAsync(LogDesk desk, int day, ValueDefinition? definition = null)
    {
        definition ??= Quote;
        var asOf = new DateTimeOffset(2026, 3, 31, 12, 0, 0, TimeSpan.Zero).AddDays(day);
        var data = await ValueData.ReadAsync(
            desk.Reader,
            definition,
            new() { Environment = "production", AsOf = asOf },
            LogReading.Silent,
            default
        );
        return Assert.Single(data.Decisions).Value(definition);
    }
}
