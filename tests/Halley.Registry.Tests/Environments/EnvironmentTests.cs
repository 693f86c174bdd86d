using Halley.Data;

namespace Halley.Registry.Tests;

public sealed class EnvironmentTests
{
    [Fact]
    public async Task A_promotion_makes_a_champion_and_the_history_says_who_when_and_why()
    {
        await using var desk = new Desk();
        var change = await desk.PromoteAsync(await desk.ReleaseAsync("one"));
        Assert.Equal("motor-quote@1", Assert.Single(await desk.Registry.LiveAsync("production")).Arms.Champion.ToString());
        Assert.Equal(("alice", "unverified", "test"), (change.By.Name, change.By.Identity, change.Why));
        Assert.Equal(desk.Time.Now, change.At);
        Assert.Equal(change.Revision, Assert.Single(await desk.Registry.HistoryAsync("production")).Revision);
        Assert.Empty(await desk.Registry.LiveAsync("staging"));
    }

    [Fact]
    public async Task Rollback_returns_step_by_step_and_never_forward()
    {
        await using var desk = new Desk();
        foreach (var content in new[] { "one", "two", "three" })
            await desk.PromoteAsync(await desk.ReleaseAsync(content));
        Assert.Equal("motor-quote@2", (await RollbackAsync(desk)).Arms.Champion.ToString());
        Assert.Equal("motor-quote@1", (await RollbackAsync(desk)).Arms.Champion.ToString());
        var fault = await Faults.OfAsync(() => RollbackAsync(desk));
        Assert.Equal(
            "HLY5207: 'motor-quote' in 'production' had no champion before the present one. Promote a release instead.",
            fault.Message
        );
        await desk.PromoteAsync(new("motor-quote", 3));
        Assert.Equal("motor-quote@1", (await RollbackAsync(desk)).Arms.Champion.ToString());
    }

    [Fact]
    public async Task Rollback_leaves_challengers_and_shadows_but_not_in_two_places()
    {
        await using var desk = new Desk();
        var releases = new List<VersionId>();
        foreach (var content in new[] { "one", "two", "three" })
            releases.Add(await desk.ReleaseAsync(content));
        await desk.PromoteAsync(releases[0]);
        await desk.PromoteAsync(releases[1]);
        await desk.PromoteAsync(releases[0], ReleaseRole.Shadow);
        await desk.PromoteAsync(releases[2], ReleaseRole.Challenger, 0.1);
        var arms = (await RollbackAsync(desk)).Arms;
        Assert.Equal(releases[0], arms.Champion);
        Assert.Empty(arms.Shadows);
        Assert.Equal(releases[2], Assert.Single(arms.Challengers).Release);
    }

    [Fact]
    public async Task A_release_has_one_place_at_a_time()
    {
        await using var desk = new Desk();
        var (one, two) = (await desk.ReleaseAsync("one"), await desk.ReleaseAsync("two"));
        await desk.PromoteAsync(one);
        await desk.PromoteAsync(two, ReleaseRole.Shadow);
        var challenged = (await desk.PromoteAsync(two, ReleaseRole.Challenger, 0.25)).Arms;
        Assert.Empty(challenged.Shadows);
        Assert.Equal(0.25, Assert.Single(challenged.Challengers).Share);
        var promoted = (await desk.PromoteAsync(two)).Arms;
        Assert.Equal(two, promoted.Champion);
        Assert.Empty(promoted.Challengers);
    }

    [Fact]
    public async Task What_was_live_at_a_time_has_an_answer()
    {
        await using var desk = new Desk();
        var start = desk.Time.Now;
        foreach (var content in new[] { "one", "two" })
        {
            desk.Time.Advance(TimeSpan.FromHours(1));
            await desk.PromoteAsync(await desk.ReleaseAsync(content));
        }
        desk.Time.Advance(TimeSpan.FromHours(1));
        await RollbackAsync(desk);
        Assert.Empty(await desk.Registry.LiveAtAsync("production", start));
        foreach (var (hours, champion) in new[] { (1, 1), (1.9, 1), (2, 2), (2.9, 2), (3, 1), (99, 1) })
        {
            var live = Assert.Single(await desk.Registry.LiveAtAsync("production", start.AddHours(hours)));
            Assert.Equal(champion, live.Arms.Champion!.Value.Version);
        }
    }

    [Fact]
    public async Task A_clock_set_back_does_not_put_a_change_before_the_one_it_replaces()
    {
        await using var desk = new Desk();
        var first = await desk.PromoteAsync(await desk.ReleaseAsync("one"));
        desk.Time.Now -= TimeSpan.FromDays(1);
        var second = await desk.PromoteAsync(await desk.ReleaseAsync("two"));
        Assert.True(second.At > first.At);
        Assert.Equal(2, Assert.Single(await desk.Registry.LiveAtAsync("production", second.At)).Arms.Champion!.Value.Version);
    }

    [Fact]
    public async Task Only_a_challenger_or_shadow_is_withdrawn()
    {
        await using var desk = new Desk();
        var (one, two) = (await desk.ReleaseAsync("one"), await desk.ReleaseAsync("two"));
        await desk.PromoteAsync(one);
        await desk.PromoteAsync(two, ReleaseRole.Shadow);
        var change = await desk.Registry.WithdrawAsync("production", two, Desk.Bob, "too slow");
        Assert.Empty(change.Arms.Shadows);
        foreach (var release in new[] { one, two })
        {
            var fault = await Faults.OfAsync(() => desk.Registry.WithdrawAsync("production", release, Desk.Bob, "why"));
            Assert.Equal(
                $"HLY5208: {release} is neither challenger nor shadow in 'production', nor in its timetable. See 'halley live'. A champion is replaced, not withdrawn.",
                fault.Message
            );
        }
    }

    [Fact]
    public async Task A_promotion_that_changes_nothing_or_lacks_a_reason_is_refused()
    {
        await using var desk = new Desk();
        var one = await desk.ReleaseAsync("one");
        await desk.PromoteAsync(one);
        Assert.Equal(
            "HLY5205: motor-quote@1 is champion of 'production' already. Nothing was changed.",
            (await Faults.OfAsync(() => desk.PromoteAsync(one))).Message
        );
        var draft = Desk.Draft(await desk.ReleaseAsync("two")) with { Why = " " };
        Assert.Equal(
            "HLY5204: a promotion needs a reason, for the history. Give one, for example --why \"recalibrated on 2024\".",
            (await Faults.OfAsync(() => desk.Registry.PromoteAsync(draft, new()))).Message
        );
    }

    [Fact]
    public async Task A_challenger_needs_a_champion()
    {
        await using var desk = new Desk();
        var one = await desk.ReleaseAsync("one");
        var fault = await Faults.OfAsync(() => desk.PromoteAsync(one, ReleaseRole.Challenger, 0.1));
        Assert.Equal(
            "HLY5201: motor-quote@1 cannot be challenger: 'motor-quote' has no champion there. Promote a champion first.",
            fault.Message
        );
        Assert.Equal(FaultKind.BadInput, fault.Kind);
    }

    static Task<EnvironmentChange> RollbackAsync(Desk desk) =>
        desk.Registry.RollbackAsync("production", "motor-quote", Desk.Bob, "loss ratio");
}
