using Halley.Data;

namespace Halley.Registry.Tests;

public sealed class AlertTests
{
    [Fact]
    public async Task An_alarm_is_raised_once_and_waits_until_it_is_delivered()
    {
        await using var desk = new Desk();
        var report = Report("drift/the whole/region");
        var raised = Assert.Single(await desk.Registry.RaiseAsync(report, "https://example.org/alarms"));
        Assert.Empty(await desk.Registry.RaiseAsync(report, "https://example.org/alarms"));
        var (alert, delivered) = Assert.Single(await desk.Registry.AlertsAsync("production"));
        Assert.Equal(raised, alert);
        Assert.Null(delivered);
        await desk.Registry.DeliveredAsync(alert, attempts: 3);
        Assert.Equal(3, Assert.Single(await desk.Registry.AlertsAsync("production")).Delivered!.Attempts);
        // Another release's alarm is another alarm.
        Assert.Single(await desk.Registry.RaiseAsync(report with { Release = new("motor-quote", 2) }, null));
    }

    [Fact]
    public async Task A_review_that_is_overdue_is_an_alarm_where_the_model_is_live()
    {
        await using var desk = new Desk();
        var release = await desk.ReleaseAsync("one");
        await desk.PromoteAsync(release);
        await desk.Registry.SetCardAsync(Card(desk, new(2026, 6, 1)));
        desk.Time.Now = new(2026, 6, 1, 23, 0, 0, TimeSpan.Zero);
        Assert.Empty(await desk.Registry.RaiseOverdueAsync("production", null));
        desk.Time.Now = new(2026, 6, 2, 1, 0, 0, TimeSpan.Zero);
        var alert = Assert.Single(await desk.Registry.RaiseOverdueAsync("production", null));
        Assert.Equal("The review of 'claim-count' (high tier, owner pricing) was due on 2026-06-01.", alert.Sentence);
        Assert.Empty(await desk.Registry.RaiseOverdueAsync("production", null));
        Assert.Empty(await desk.Registry.RaiseOverdueAsync("staging", null));
        var line = Assert.Single(await desk.Registry.RegisterAsync());
        Assert.True(line.IsOverdue);
        Assert.Equal(["production: motor-quote@1 by claim-count@1"], line.Live);
        // A review moves the day, and the alarm is over.
        await desk.Registry.SetCardAsync(Card(desk, new(2026, 12, 1)));
        Assert.False(Assert.Single(await desk.Registry.RegisterAsync()).IsOverdue);
        Assert.Equal(2, (await desk.Registry.CardsAsync("claim-count")).Count);
    }

    [Fact]
    public async Task A_card_needs_a_model_an_owner_and_a_reason()
    {
        await using var desk = new Desk();
        var none = await Assert.ThrowsAsync<HalleyException>(() => desk.Registry.SetCardAsync(Card(desk, default)));
        Assert.Equal("HLY5110", none.Code);
        await desk.ReleaseAsync("one");
        var nobody = await Assert.ThrowsAsync<HalleyException>(() =>
            desk.Registry.SetCardAsync(Card(desk, default) with { Owner = " " })
        );
        Assert.Equal("HLY5614", nobody.Code);
        await Assert.ThrowsAsync<HalleyException>(() => desk.Registry.SetCardAsync(Card(desk, default) with { Why = "" }));
    }

    [Fact]
    public void A_signature_covers_the_time_and_the_body()
    {
        var at = DateTimeOffset.FromUnixTimeSeconds(1_780_000_000);
        var body = "what do ya want for nothing?"u8;
        var expected = Convert.ToHexStringLower(
            System.Security.Cryptography.HMACSHA256.HashData("Jefe"u8, "1780000000.what do ya want for nothing?"u8)
        );
        Assert.Equal($"t=1780000000,v1={expected}", AlertSignature.Of("Jefe", at, body));
        Assert.NotEqual(AlertSignature.Of("Jefe", at, body), AlertSignature.Of("Jefe", at.AddSeconds(1), body));
    }

    static ModelCard Card(Desk desk, DateOnly review) =>
        new()
        {
            Model = "claim-count",
            Owner = "pricing",
            Purpose = "expected claims of motor quotes",
            Tier = ModelTier.High,
            NextReview = review,
            By = Desk.Alice,
            At = desk.Time.Now,
            Why = "first review",
        };

    static MonitorReport Report(string key) =>
        new(
            "production",
            "motor-quote",
            new("motor-quote", 1),
            null,
            null,
            DateTimeOffset.UnixEpoch,
            1,
            1,
            MonitorVerdict.Leave,
            "Leave it.",
            [],
            [new(key, MonitorAlarmKind.Drift, "the whole", "region", "It moved.")],
            [],
            [],
            false
        );
}
