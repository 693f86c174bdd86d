namespace Halley.Registry.Tests;

public sealed class WaiverTests
{
    static readonly GateSet Gates = new()
    {
        Environment = "production",
        Gates =
        [
            new ShadowGate
            {
                Name = "shadow",
                Minimum = 100,
                WaivableBy = "chief actuary",
            },
            new ArtefactGate { Name = "artefacts", Guards = [ReleaseRole.Shadow] },
        ],
    };

    static readonly FixedEvidence Enough = new(
        new ShadowEvidence
        {
            Gate = "shadow",
            Decisions = 100,
            Errors = 0,
        }
    );

    [Fact]
    public async Task A_waived_failure_lets_the_promotion_pass_and_shows_with_reason_and_role()
    {
        await using var desk = await StartAsync();
        var release = await desk.ReleaseAsync("one");
        var waiver = await WaiveAsync(desk, release);
        var change = await desk.PromoteAsync(release);
        Assert.Equal([waiver.Id], change.Waivers);
        var request = await desk.Registry.FindRequestAsync(change.Request!);
        var result = Assert.Single(await desk.Registry.ResultsAsync(request));
        Assert.Equal((false, false, "few customers"), (result.Passed, result.Blocks, result.Waiver!.Why));
    }

    [Fact]
    public async Task A_waiver_is_for_its_release_and_its_gate_alone()
    {
        await using var desk = await StartAsync();
        var (one, two) = (await desk.ReleaseAsync("one"), await desk.ReleaseAsync("two"));
        await WaiveAsync(desk, one);
        Assert.Contains("HLY5302", (await Faults.OfAsync(() => desk.PromoteAsync(two))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_ended_waiver_lets_nothing_pass_and_blocks_the_next_promotion_until_the_fault_is_mended()
    {
        await using var desk = await StartAsync();
        var one = await desk.ReleaseAsync("one");
        await WaiveAsync(desk, one);
        await desk.PromoteAsync(one);
        desk.Time.Advance(TimeSpan.FromDays(40));

        // Another release of which the gate was not looked at is stopped, and so is a challenger that passes every gate of its own.
        var two = await desk.ReleaseAsync("two");
        var fault = await Faults.OfAsync(() => desk.PromoteAsync(two, ReleaseRole.Challenger, 0.1, providers: Enough));
        Assert.Contains(
            "- ended waiver of shadow: What is live stands on a waiver of gate 'shadow' that bob gave as chief actuary and that ended on 2026-03-31. What would help: Promote a champion that passes the gate, or ask that role for another waiver.",
            fault.Message,
            StringComparison.Ordinal
        );
        // A champion that passes the gate by itself mends it.
        await desk.PromoteAsync(two, providers: Enough);
        var three = await desk.ReleaseAsync("three");
        await desk.PromoteAsync(three, ReleaseRole.Challenger, 0.1, providers: Enough);
    }

    [Fact]
    public async Task A_new_waiver_lifts_the_block()
    {
        await using var desk = await StartAsync();
        var one = await desk.ReleaseAsync("one");
        await WaiveAsync(desk, one);
        await desk.PromoteAsync(one);
        desk.Time.Advance(TimeSpan.FromDays(40));
        await WaiveAsync(desk, one, days: 60);
        var two = await desk.ReleaseAsync("two");
        await desk.PromoteAsync(two, ReleaseRole.Challenger, 0.1, providers: Enough);
    }

    [Fact]
    public async Task Only_the_named_role_may_waive_and_only_what_may_be_waived()
    {
        await using var desk = await StartAsync();
        var release = await desk.ReleaseAsync("one");
        async Task Refused(string code, string gate, Actor by, string role, DateTimeOffset until)
        {
            var fault = await Faults.OfAsync(() =>
                desk.Registry.WaiveAsync("production", "motor-quote", gate, release, (by, role), "few customers", until)
            );
            Assert.StartsWith(code, fault.Message, StringComparison.Ordinal);
        }
        var later = desk.Time.Now.AddDays(30);
        await Refused("HLY5306", "shade", Desk.Bob, "chief actuary", later);
        await Refused("HLY5307", "artefacts", Desk.Bob, "chief actuary", later);
        await Refused("HLY5308", "shadow", Desk.Bob, "underwriter", later);
        await Refused("HLY5309", "shadow", Desk.Bob, "chief actuary", desk.Time.Now);
        await Refused("HLY5310", "shadow", Desk.Alice, "chief actuary", later);
    }

    [Fact]
    public async Task A_requesters_own_waiver_of_anothers_release_does_not_count()
    {
        await using var desk = await StartAsync();
        var release = await desk.ReleaseAsync("one", Desk.Bob);
        await desk.Registry.WaiveAsync(
            "production",
            "motor-quote",
            "shadow",
            null,
            (Desk.Alice, "chief actuary"),
            "I want it",
            desk.Time.Now.AddDays(1)
        );
        await Faults.OfAsync(() => desk.PromoteAsync(release));
    }

    [Fact]
    public async Task A_gate_that_only_warns_stops_nothing_and_is_told()
    {
        await using var desk = new Desk();
        await desk.Registry.SetGatesAsync(
            Gates with
            {
                Gates =
                [
                    new ShadowGate
                    {
                        Name = "shadow",
                        Minimum = 100,
                        Severity = GateSeverity.Warn,
                    },
                ],
            },
            Desk.Alice,
            "soft"
        );
        var change = await desk.PromoteAsync(await desk.ReleaseAsync("one"));
        var result = Assert.Single(await desk.Registry.ResultsAsync(await desk.Registry.FindRequestAsync(change.Request!)));
        Assert.Equal((false, false, GateSeverity.Warn), (result.Passed, result.Blocks, result.Severity));
    }

    [Fact]
    public void Gates_as_they_were_keep_their_hash() =>
        Assert.DoesNotContain(
            "severity",
            System.Text.Json.JsonSerializer.Serialize(
                new GateSet { Environment = "production", Gates = [new ShadowGate { Name = "shadow", Minimum = 1 }] },
                RegistryJson.Default.GateSet
            ),
            StringComparison.Ordinal
        );

    static async Task<Desk> StartAsync()
    {
        var desk = new Desk();
        await desk.Registry.SetGatesAsync(Gates, Desk.Alice, "first gates");
        return desk;
    }

    static Task<GateWaiver> WaiveAsync(Desk desk, VersionId release, int days = 30) =>
        desk.Registry.WaiveAsync(
            "production",
            "motor-quote",
            "shadow",
            release,
            (Desk.Bob, "Chief actuary"),
            "few customers",
            desk.Time.Now.AddDays(days)
        );
}
