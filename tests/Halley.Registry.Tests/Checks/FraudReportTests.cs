using Halley.Data;
using Halley.Decisions;

namespace Halley.Registry.Tests;

public sealed class FraudReportTests
{
    static readonly DateOnly Day = new(2026, 12, 31);
    static readonly FraudQuery Query = new() { Environment = "production", AsOf = Day };

    static DecisionDefinition Definition { get; } =
        PricedRelease.Definition("1") with
        {
            Reasons =
            [
                new()
                {
                    Name = "late",
                    Field = "age",
                    Model = "fraud",
                    Text = "reported {age:0} days after the event (9 in 10 within 6)",
                },
            ],
            RandomCheck = new()
            {
                Share = 0.1,
                Action = "refer",
                Salt = "s",
                Reason = "drawn at random",
            },
        };

    [Fact]
    public async Task Verdicts_are_counted_by_what_they_say_and_the_unknown_is_in_no_share()
    {
        await using var desk = new LogDesk();
        var verdicts = new FraudVerdict?[]
        {
            FraudVerdict.Substantiated,
            FraudVerdict.Substantiated,
            FraudVerdict.Unsubstantiated,
            FraudVerdict.Inconclusive,
            FraudVerdict.Rejected,
            FraudVerdict.Accepted,
            FraudVerdict.Pending,
            null,
        };
        foreach (var (i, verdict) in verdicts.Index())
            await ClaimAsync(
                desk,
                $"claim-{i}",
                verdict,
                i == 0 ? "reported 12 days after the event (9 in 10 within 6)" : "other"
            );
        var (report, _) = await ReportAsync(desk);
        var all = report.All;
        Assert.Equal(
            (8, 2, 1, 1, 2, 1, 1),
            (all.Referred, all.Pending, all.Rejected, all.Open, all.Substantiated, all.Unsubstantiated, all.Inconclusive)
        );
        Assert.Equal(5.0 / 6, all.Acceptance!.Value, 12);
        Assert.Equal(2.0 / 3, all.SubstantiatedRate!.Value, 12);
        Assert.InRange(2.0 / 3, all.SubstantiatedRate.Lower, all.SubstantiatedRate.Upper);
        // 100 recovered from each fraud, two hours on each claim with a verdict.
        Assert.Equal((200, 14, 200.0 / 14), (all.Recovered, all.Hours, all.PerHour));
        var late = Assert.Single(report.ByReason);
        Assert.Equal(("late", 1, 1), (late.Name, late.Referred, late.Substantiated));
        Assert.Equal("motor-quote@1", Assert.Single(report.ByRelease).Name);
    }

    [Fact]
    public async Task Random_checks_stand_for_all_and_a_later_verdict_takes_the_place_of_an_earlier()
    {
        await using var desk = new LogDesk();
        for (var i = 0; i < 100; i++)
        {
            var isDrawn = i % 10 == 0;
            var decision = await ClaimAsync(
                desk,
                $"claim-{i}",
                isDrawn ? FraudVerdict.Inconclusive : null,
                "drawn at random",
                chance: 0.1,
                isDrawn
            );
            if (isDrawn)
                await desk.Log.AppendAsync([
                    Verdict(decision, i < 20 ? FraudVerdict.Substantiated : FraudVerdict.Unsubstantiated, "late", 5),
                ]);
        }
        for (var i = 0; i < 10; i++)
            await ClaimAsync(desk, $"sure-{i}", FraudVerdict.Substantiated, "other");
        var (report, sample) = await ReportAsync(desk);
        // Ten sure frauds, and two in ten drawn ones for a hundred claims: 30 of 110, where the checked alone say 12 of 20.
        Assert.Equal(30.0 / 110, report.FraudRate!.Value, 12);
        Assert.Equal(12.0 / 20, sample.UnweightedShare, 12);
        Assert.Equal((110, 20), (report.Claims, report.All.Referred));
        Assert.Contains(report.ByReason, line => line is { Name: "random check", Referred: 10 });
    }

    [Fact]
    public async Task Precision_is_of_the_highest_scores_that_a_day_takes()
    {
        await using var desk = new LogDesk();
        double[] scores = [0.9, 0.8, 0.7, 0.1];
        FraudVerdict?[] verdicts = [FraudVerdict.Substantiated, null, FraudVerdict.Unsubstantiated, FraudVerdict.Substantiated];
        for (var i = 0; i < 4; i++)
            await ClaimAsync(desk, $"claim-{i}", verdicts[i], "other", score: scores[i]);
        var (report, _) = await ReportAsync(desk, Query with { Score = "score", CapacityPerDay = 3 });
        Assert.Equal((0.5, 1), (report.Precision!.Value, report.PrecisionUnknown));
    }

    [Fact]
    public async Task A_verdict_goes_with_its_kind_and_with_no_other()
    {
        await using var desk = new LogDesk();
        var decision = await ClaimAsync(desk, "claim", null, "other");
        foreach (
            var outcome in new[]
            {
                Verdict(decision, FraudVerdict.Pending, "a", 1) with
                {
                    Kind = "saved",
                },
                LogDesk.Outcome(decision, "b", 1, "fraud_verdict"),
            }
        )
        {
            var problem = await Assert.ThrowsAsync<HalleyException>(() => desk.Log.AppendAsync([outcome]));
            Assert.Equal("HLY5501", problem.Code);
            Assert.Contains("substantiated", problem.Message, StringComparison.Ordinal);
        }
    }

    static async Task<DecisionRecord> ClaimAsync(
        LogDesk desk,
        string unit,
        FraudVerdict? verdict,
        string reason,
        double chance = 1,
        bool isDrawn = false,
        double score = 0.5
    )
    {
        desk.Time.Now = desk.Time.Now.AddSeconds(1);
        var decision = desk.Decision(unit) with
        {
            CheckProbability = chance,
            Checked = isDrawn,
            Outputs = Desk.Bytes(FormattableString.Invariant($"{{\"score\":{score}}}")),
            Reasons = Desk.Bytes($"[\"{reason}\"]"),
        };
        await desk.Log.AppendAsync(decision);
        if (verdict is { } found)
            await desk.Log.AppendAsync([
                Verdict(decision, found, "first", 2),
                LogDesk.Outcome(decision, $"{unit}/hours", 2, "fraud_hours"),
            ]);
        return decision;
    }

    static Outcome Verdict(DecisionRecord decision, FraudVerdict verdict, string id, int day) =>
        LogDesk.Outcome(
            decision,
            $"{decision.UnitId}/{id}",
            verdict == FraudVerdict.Substantiated ? 100 : 0,
            FraudVerdicts.Kind,
            day
        ) with
        {
            Verdict = verdict,
        };

    static async Task<(FraudReport, CheckedSample)> ReportAsync(LogDesk desk, FraudQuery? query = null)
    {
        var (decisions, outcomes) = (new List<DecisionRecord>(), new List<OutcomeRecord>());
        await foreach (var record in desk.Reader.DecisionsAsync(new()))
            decisions.Add(record);
        await foreach (var record in desk.Reader.OutcomesAsync(new()))
            outcomes.Add(record);
        return (
            FraudReporter.Of(decisions, outcomes, Definition, query ?? Query),
            CheckedSample.OfVerdicts(decisions, outcomes, Day)
        );
    }
}
