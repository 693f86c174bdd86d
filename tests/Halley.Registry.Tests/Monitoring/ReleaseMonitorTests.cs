using Halley.Data;
using static Halley.Registry.Tests.WatchedBook;

namespace Halley.Registry.Tests;

public sealed class ReleaseMonitorTests
{
    static readonly Day Healthy = new();

    [Fact]
    public void A_book_that_stays_as_it_is_raises_nothing_and_its_models_are_left()
    {
        var report = Watch(Plan, Healthy);
        Assert.Empty(report.Alarms);
        Assert.Equal(MonitorVerdict.Leave, report.Verdict);
        Assert.Contains("what came is what was expected", report.Sentence, StringComparison.Ordinal);
        var claims = Assert.Single(report.Slices[0].Lines);
        Assert.InRange(1, claims.Lower!.Value, claims.Upper!.Value);
        Assert.InRange(claims.Ratio, 0.9, 1.1);
        Assert.Equal(["the whole", "channel = agent", "channel = online"], report.Slices.Select(slice => slice.Name));
    }

    [Fact]
    public void Claims_that_rise_everywhere_ask_for_one_factor()
    {
        var report = Watch(Plan, Healthy with { Claims = 1.6 });
        Assert.Equal(MonitorVerdict.Recalibrate, report.Verdict);
        Assert.Contains(report.Alarms, alarm => alarm is { Kind: MonitorAlarmKind.Claims, Slice: "the whole" });
    }

    [Fact]
    public void Claims_that_rise_in_one_segment_ask_for_a_refit()
    {
        var report = Watch(Plan, Healthy with { OnlineClaims = 2.5 });
        Assert.Equal(MonitorVerdict.Refit, report.Verdict);
        Assert.Contains(
            report.Alarms,
            alarm =>
                alarm is { Kind: MonitorAlarmKind.Claims, Slice: "channel = online" }
                && alarm.Sentence.StartsWith("In channel = online: claim cost came to ", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Claims_that_rise_too_slowly_with_the_expected_amount_ask_for_a_refit()
    {
        var report = Watch(Plan, Healthy with { Order = -0.9 }, days: 300);
        var calibration = Assert.Single(report.Slices[0].Calibration);
        Assert.True(calibration.Slope < -0.2, $"slope {calibration.Slope}");
        Assert.Contains(report.Alarms, alarm => alarm.Kind == MonitorAlarmKind.Calibration);
        Assert.Equal(MonitorVerdict.Refit, report.Verdict);
        Assert.True(calibration.Bands[0].Ratio > calibration.Bands[^1].Ratio);
    }

    [Fact]
    public void A_mix_that_moves_is_an_alarm_and_no_reason_to_refit_while_claims_are_as_expected()
    {
        var report = Watch(Plan, Healthy with { South = 0.85 });
        Assert.Equal(MonitorVerdict.Leave, report.Verdict);
        var alarm = Assert.Single(report.Alarms, alarm => alarm.Slice == "the whole");
        Assert.Equal((MonitorAlarmKind.Drift, "region"), (alarm.Kind, alarm.Subject));
        var drift = report.Slices[0].Drift.First(line => line.Field == "region");
        var index =
            (drift.After - drift.Before) * Math.Log(drift.After / drift.Before)
            + (drift.Before - drift.After) * Math.Log((1 - drift.After) / (1 - drift.Before));
        Assert.Equal(index, drift.Index, 10);
        Assert.True(drift.Probability < 1e-6);
    }

    // 300 days of a healthy book would hide a month of another mix; the month's own test does not.
    [Fact]
    public void A_mix_that_moves_late_is_found_in_its_month()
    {
        var book = new WatchedBook(Plan);
        book.Play(0, 330, Healthy);
        Assert.Empty(book.Look(330).Alarms);
        book.Play(330, 360, Healthy with { South = 0.85 });
        var report = book.Look(360);
        Assert.Contains(
            "in the 30 days from",
            Assert.Single(report.Alarms, alarm => alarm.Slice == "the whole").Sentence,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(MonitorAlarmKind.Missing, "age")]
    [InlineData(MonitorAlarmKind.Latency, "latency")]
    [InlineData(MonitorAlarmKind.Price, "premium")]
    public void Each_limit_that_is_surely_broken_is_an_alarm(MonitorAlarmKind kind, string subject)
    {
        var report = Watch(Plan, Healthy with { AgeMissing = 0.15, Slow = 0.05, Discount = 0.1 });
        Assert.Contains(report.Alarms, alarm => alarm.Kind == kind && alarm.Subject == subject);
        // Discounts of one channel are no other channel's.
        Assert.DoesNotContain(report.Alarms, alarm => alarm is { Kind: MonitorAlarmKind.Price, Slice: "channel = agent" });
    }

    [Fact]
    public void A_young_month_is_held_against_what_was_to_be_expected_by_now()
    {
        var line = Plan.Lines[0];
        var plain = new WatchedBook(Plan);
        var developed = new WatchedBook(Plan with { Lines = [line with { Development = new([new(10, 0.5), new(1000, 1)]) }] });
        foreach (var book in new[] { plain, developed })
            book.Play(0, 100, Healthy with { Claims = 0.5 });
        Assert.InRange(plain.Look(100).Slices[0].Lines[0].Ratio, 0.4, 0.6);
        Assert.InRange(developed.Look(100).Slices[0].Lines[0].Ratio, 0.85, 1.15);
    }

    [Fact]
    public void Nothing_is_an_alarm_in_the_reference_time()
    {
        var book = new WatchedBook(Plan);
        book.Play(0, 50, Healthy with { Claims = 3 });
        var report = book.Look(50);
        Assert.Empty(report.Alarms);
        Assert.Contains("too young", report.Sentence, StringComparison.Ordinal);
        Assert.Contains(report.Notes, note => note.StartsWith("The reference time still runs", StringComparison.Ordinal));
    }

    [Fact]
    public void What_nobody_reports_is_not_known_and_not_zero()
    {
        var line = Plan.Lines[0] with { Actual = "paid" };
        var report = Watch(Plan with { Lines = [line] }, Healthy);
        Assert.Empty(report.Slices[0].Lines);
        Assert.Contains("claim cost are not known: no outcome of kind 'paid' has been reported.", report.Notes);
    }

    [Fact]
    public void A_customer_who_asks_often_is_one_customer()
    {
        var weights = new UnitWeights();
        for (var i = 0; i < 10; i++)
            weights.Add(0, 1);
        weights.Add(1, 10);
        Assert.Equal(20, weights.Total);
        Assert.Equal(2, weights.Effective, 12);
    }

    [Fact]
    public void A_plan_that_names_what_is_not_there_says_what_it_means()
    {
        var problem = Assert.Throws<HalleyException>(() =>
            ReleaseMonitor.Of(Plan with { Segments = ["age"], Scores = ["risk_prise"] }, Definition)
        );
        Assert.Equal("HLY5613", problem.Code);
        Assert.Contains("'age' is no input of categories", problem.Message, StringComparison.Ordinal);
        Assert.Contains("there is no 'risk_prise'", problem.Message, StringComparison.Ordinal);
        Assert.Contains("'risk_price'", problem.Message, StringComparison.Ordinal);
        var limits = Assert.Throws<HalleyException>(() => (Plan with { Risk = 0.9, Webhook = "ftp://x" }).Validate());
        Assert.Contains("risk is 0.9", limits.Message, StringComparison.Ordinal);
        Assert.Contains("'ftp://x' is no address", limits.Message, StringComparison.Ordinal);
    }

    static MonitorReport Watch(MonitorPlan plan, Day later, int days = 240)
    {
        var book = new WatchedBook(plan);
        book.Play(0, 61, Healthy);
        book.Play(61, days, later);
        return book.Look(days);
    }
}
