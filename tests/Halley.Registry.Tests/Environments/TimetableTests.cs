namespace Halley.Registry.Tests;

public sealed class TimetableTests
{
    static readonly DateOnly April = new(2026, 4, 1);
    static readonly DateOnly May = new(2026, 5, 1);

    [Fact]
    public async Task A_renewal_effective_in_april_gets_the_book_of_april_today()
    {
        await using var desk = new Desk();
        var (one, two) = (await desk.ReleaseAsync("one"), await desk.ReleaseAsync("two"));
        await desk.PromoteAsync(one);
        await ScheduleAsync(desk, two, Transaction.Renewal, April);
        var arms = (await desk.Registry.LiveAsync("production"))[0].Arms;
        Assert.Equal(two, arms.ReleaseFor(Transaction.Renewal, April));
        Assert.Equal(two, arms.ReleaseFor(Transaction.Renewal, May));
        Assert.Equal(one, arms.ReleaseFor(Transaction.Renewal, April.AddDays(-1)));
        Assert.Equal(one, arms.ReleaseFor(Transaction.NewBusiness, April));
        Assert.Null(arms.Scheduled(Transaction.NewBusiness, April));
    }

    [Fact]
    public async Task The_latest_date_wins_and_on_one_date_the_one_that_names_the_transaction()
    {
        await using var desk = new Desk();
        var releases = new List<VersionId>();
        foreach (var name in new[] { "one", "two", "three", "four" })
            releases.Add(await desk.ReleaseAsync(name));
        await desk.PromoteAsync(releases[0]);
        await ScheduleAsync(desk, releases[1], Transaction.Renewal, April);
        await ScheduleAsync(desk, releases[2], null, April);
        await ScheduleAsync(desk, releases[3], null, May);
        var arms = (await desk.Registry.LiveAsync("production"))[0].Arms;
        Assert.Equal(releases[1], arms.ReleaseFor(Transaction.Renewal, April));
        Assert.Equal(releases[2], arms.ReleaseFor(Transaction.NewBusiness, April));
        Assert.Equal(releases[3], arms.ReleaseFor(Transaction.Renewal, May));
    }

    [Fact]
    public async Task A_new_champion_takes_the_place_of_what_is_in_force_and_leaves_what_is_to_come()
    {
        await using var desk = new Desk();
        var (one, two, three) = (
            await desk.ReleaseAsync("one"),
            await desk.ReleaseAsync("two"),
            await desk.ReleaseAsync("three")
        );
        await desk.PromoteAsync(one);
        await ScheduleAsync(desk, two, Transaction.Renewal, new(2026, 2, 1));
        await ScheduleAsync(desk, two, Transaction.Renewal, May);
        await desk.PromoteAsync(three);
        var arms = (await desk.Registry.LiveAsync("production"))[0].Arms;
        Assert.Equal(new TimetableEntry(two, Transaction.Renewal, May), Assert.Single(arms.Timetable));
        Assert.Equal(three, arms.ReleaseFor(Transaction.Renewal, April));
    }

    [Fact]
    public async Task History_answers_what_a_date_would_have_got_at_a_time()
    {
        await using var desk = new Desk();
        var (one, two) = (await desk.ReleaseAsync("one"), await desk.ReleaseAsync("two"));
        await desk.PromoteAsync(one);
        var before = desk.Time.Now;
        desk.Time.Advance(TimeSpan.FromDays(1));
        await ScheduleAsync(desk, two, null, April);
        var then = (await desk.Registry.LiveAtAsync("production", before))[0].Arms;
        var now = (await desk.Registry.LiveAtAsync("production", desk.Time.Now))[0].Arms;
        Assert.Equal((one, two), (then.ReleaseFor(Transaction.Renewal, April), now.ReleaseFor(Transaction.Renewal, April)));
    }

    [Fact]
    public async Task The_same_entry_twice_is_nothing_to_change_and_a_withdrawn_one_is_gone()
    {
        await using var desk = new Desk();
        var (one, two) = (await desk.ReleaseAsync("one"), await desk.ReleaseAsync("two"));
        await desk.PromoteAsync(one);
        await ScheduleAsync(desk, two, null, April);
        var fault = await Faults.OfAsync(() => ScheduleAsync(desk, two, null, April));
        Assert.StartsWith("HLY5205", fault.Message, StringComparison.Ordinal);
        var change = await desk.Registry.WithdrawAsync("production", two, Desk.Alice, "not ready");
        Assert.Empty(change.Arms.Timetable);
    }

    [Theory]
    [InlineData(ReleaseRole.Challenger, Transaction.Renewal, "HLY5210")]
    [InlineData(ReleaseRole.Shadow, Transaction.Renewal, "HLY5210")]
    [InlineData(ReleaseRole.Champion, Transaction.Adjustment, "HLY5211")]
    public async Task What_has_no_place_in_a_timetable_is_refused(ReleaseRole role, Transaction transaction, string code)
    {
        await using var desk = new Desk();
        await desk.PromoteAsync(await desk.ReleaseAsync("one"));
        var draft = Desk.Draft(await desk.ReleaseAsync("two"), role, 0.1) with { Transaction = transaction };
        var fault = await Faults.OfAsync(() => desk.Registry.PromoteAsync(draft, new()));
        Assert.StartsWith(code, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_champion_there_is_no_timetable()
    {
        await using var desk = new Desk();
        var release = await desk.ReleaseAsync("one");
        var fault = await Faults.OfAsync(() => ScheduleAsync(desk, release, null, April));
        Assert.StartsWith("HLY5209", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_state_written_before_there_was_a_timetable_reads_as_one_without()
    {
        var arms = System.Text.Json.JsonSerializer.Deserialize(
            """{"champion":"quote@1","challengers":[],"shadows":[],"experiment":0}""",
            RegistryJson.Default.LiveArms
        )!;
        Assert.Empty(arms.Timetable);
        Assert.Empty(arms.Served);
        Assert.Empty(arms.Stopped);
        Assert.Equal(new("quote", 1), arms.ReleaseFor(Transaction.NewBusiness, April));
    }

    static Task<EnvironmentChange> ScheduleAsync(Desk desk, VersionId release, Transaction? transaction, DateOnly from) =>
        desk.Registry.PromoteAsync(Desk.Draft(release) with { Transaction = transaction, Effective = from }, new());
}
