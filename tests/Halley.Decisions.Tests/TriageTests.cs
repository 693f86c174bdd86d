using System.Globalization;

namespace Halley.Decisions.Tests;

public sealed class TriageTests
{
    static readonly DecisionDefinition NoChecks = Sample.Triage with { RandomCheck = null };

    static string Claim(double delay, bool night, double past, double reserve, int id = 7) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"claim":{{id}},"report_delay":{{delay}},"night":{{(night ? "true" : "false")}},"past_claims":{{past}},"reserve":{{reserve}}}"""
        );

    [Theory]
    // fraud odds e^(−4 + 0.08·delay + 0.7·night + 0.5·past); handling pays from a reserve of 1500, saving 0.02 of it against 30.
    [InlineData(0, false, 0, 1000, "fast-track")]
    [InlineData(0, false, 0, 2000, "handler")]
    [InlineData(40, true, 2, 5000, "investigator")]
    public void The_lane_with_the_largest_net_saving_is_taken(
        double delay,
        bool night,
        double past,
        double reserve,
        string action
    )
    {
        using var answer = Sample.Engine(NoChecks).Decide(Claim(delay, night, past, reserve));
        Assert.Equal(action, answer.Action);
    }

    [Fact]
    public void Capacity_raises_the_threshold_to_the_quantile_that_leaves_it()
    {
        // 10 of 100 a day: the quantile 0.9 of the net savings lies half way from 0 (share 0.8) to 1000 (share 1).
        using var answer = Sample.Engine(NoChecks).Decide(Claim(20, false, 0, 2000));
        Assert.Equal(500, answer.Step("investigate.threshold"), 1e-9);
        Assert.Equal(0, answer.Step("handle.threshold"));
        var risk = 1 / (1 + Math.Exp(4 - 1.6));
        Assert.Equal(risk * 1000 - 150, answer.Step("investigate.net"), 1e-9);
        Assert.Equal("handler", answer.Action);
    }

    [Fact]
    public void Net_saving_at_the_threshold_is_enough()
    {
        var lane = new TriageLane
        {
            Name = "look",
            Action = "handler",
            Saving = "reserve",
            Cost = "0",
            CapacityPerDay = 50,
            NetQuantiles = [new(0, 0), new(1, 200)],
        };
        var engine = Sample.Engine(
            NoChecks with
            {
                Triage = new() { ExpectedPerDay = 100, Lanes = [lane] },
            }
        );
        using var at = engine.Decide(Claim(0, false, 0, 100));
        using var below = engine.Decide(Claim(0, false, 0, 99.999));
        Assert.Equal(("handler", "fast-track"), (at.Action, below.Action));
    }

    [Fact]
    public void Reasons_come_from_the_lane_and_then_by_contribution()
    {
        using var answer = Sample.Engine(NoChecks).Decide(Claim(31, true, 3, 20000));
        Assert.Equal("investigator", answer.Action);
        Assert.Equal(["investigate", "late", "history", "night"], answer.Reasons.Select(reason => reason.Name));
        Assert.Equal("reported 31 days after the event; 9 in 10 arrive within 6", answer.Reasons[1].Sentence);
        Assert.Equal("3 claims before", answer.Reasons[2].Sentence);
        // The median delay is 2 days, and 0 claims and daylight are the references.
        Assert.Equal(0.08 * 29, answer.Reasons[1].Contribution, 1e-12);
        Assert.Equal(1.5, answer.Reasons[2].Contribution, 1e-12);
        Assert.Equal(0.7, answer.Reasons[3].Contribution, 1e-12);
        Assert.Matches("^an investigation is expected to save [0-9]+ EUR more than it costs$", answer.Reasons[0].Sentence);
    }

    [Fact]
    public void What_lowers_the_score_is_told_by_its_own_sentence()
    {
        using var answer = Sample.Engine(NoChecks).Decide(Claim(0, false, 0, 100));
        Assert.Equal("reported promptly", Assert.Single(answer.Reasons).Sentence);
        Assert.Equal(-0.16, answer.Reasons[0].Contribution, 1e-12);
    }

    [Fact]
    public void At_most_the_declared_number_of_reasons_is_told()
    {
        using var answer = Sample.Engine(NoChecks with { MaximumReasons = 2 }).Decide(Claim(31, true, 3, 20000));
        Assert.Equal(["investigate", "late"], answer.Reasons.Select(reason => reason.Name));
    }

    [Fact]
    public void Small_contributions_and_other_actions_are_not_told()
    {
        var reasons = Sample.Triage.Reasons.Select(reason =>
            reason.Name switch
            {
                "night" => reason with { MinimumContribution = 0.71 },
                "history" => reason with { OnlyWith = ["fast-track"] },
                _ => reason,
            }
        );
        using var answer = Sample.Engine(NoChecks with { Reasons = [.. reasons] }).Decide(Claim(31, true, 3, 20000));
        Assert.Equal(["investigate", "late"], answer.Reasons.Select(reason => reason.Name));
    }

    [Fact]
    public void Contributions_are_not_computed_where_no_action_asks_for_them()
    {
        var reasons = Sample.Triage.Reasons.Select(reason => reason with { OnlyWith = ["investigator"] });
        var plan = Sample.Compile(NoChecks with { Reasons = [.. reasons] });
        using var answer = new DecisionEngine(plan).Decide(Claim(31, true, 3, 1000));
        Assert.Equal("fast-track", answer.Action);
        Assert.Equal(0, answer.Block[plan.Reasons[0].Contribution.Index][0]);
    }

    [Fact]
    public void Usual_range_is_learned_with_linear_order_statistics()
    {
        var range = UsualRange.Learn("x", [3, double.NaN, 1, 2, 5, 4]);
        Assert.Equal((1, 3, 5), (range.QuantileAt(0), range.QuantileAt(0.5), range.QuantileAt(1)));
        Assert.Equal(4.6, range.QuantileAt(0.9), 1e-12);
        Assert.Equal(
            "HLY4005: usual range of 'x': all 1 values are missing. Leave the range out.",
            Assert.Throws<HalleyException>(() => UsualRange.Learn("x", [double.NaN])).Message
        );
    }

    static Table Claims(int rows) =>
        new([
            new NumericColumn("claim", [.. Enumerable.Range(0, rows).Select(row => (double)row)]),
            new NumericColumn("report_delay", [.. Enumerable.Range(0, rows).Select(row => row % 60 + 0.0)]),
            new BooleanColumn("night", [.. Enumerable.Range(0, rows).Select(row => (sbyte)(row / 60 % 2))]),
            new NumericColumn("past_claims", [.. Enumerable.Range(0, rows).Select(row => row / 120 % 4 + 0.0)]),
            new NumericColumn("reserve", [.. Enumerable.Range(0, rows).Select(row => row * 7919 % 10_007 + 0.0)]),
        ]);

    [Fact]
    public void Learned_thresholds_fill_the_capacity_and_no_more()
    {
        var claims = Claims(20_000);
        var learned = UsualLearner.Learn(
            NoChecks,
            definition => Sample.Compile(definition),
            claims,
            ["report_delay", "fraud_risk"]
        );
        Assert.Equal(["past_claims", "report_delay", "fraud_risk"], learned.UsualRanges.Select(range => range.Name));
        Assert.Equal(29.5, learned.UsualRanges[1].QuantileAt(0.5), 0.5);
        var actions = Sample.Engine(learned).Decide(claims).Answers.Categorical("action").Codes.ToArray();
        // 10 of 100 claims a day can be investigated, that is 2000 of these; points lie 5 % apart, so the share is exact here.
        Assert.InRange(actions.Count(action => action == 2), 1990, 2000);
    }

    [Fact]
    public void What_has_no_numbers_cannot_be_learned() =>
        Assert.Equal(
            "HLY4005: usual range of 'night': there is no field or step of that name with numbers or dates. Correct the name, or leave it out.",
            Assert
                .Throws<HalleyException>(() =>
                    UsualLearner.Learn(NoChecks, definition => Sample.Compile(definition), Claims(10), ["night"])
                )
                .Message
        );
}
