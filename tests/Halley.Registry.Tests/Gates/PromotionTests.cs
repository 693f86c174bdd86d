using Halley.Data;

namespace Halley.Registry.Tests;

public sealed class PromotionTests
{
    static readonly GateSet TwoGates = new()
    {
        Environment = "production",
        Gates = [new ShadowGate { Name = "shadow", Minimum = 100 }, new ApprovalGate { Name = "second person" }],
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
    public async Task A_refused_promotion_lists_every_failed_gate_with_what_would_help_and_changes_nothing()
    {
        await using var desk = new Desk();
        await desk.Registry.SetGatesAsync(TwoGates, Desk.Alice, "first gates");
        var release = await desk.ReleaseAsync("one");
        var fault = await Faults.OfAsync(() => desk.PromoteAsync(release));
        var request = Assert.Single(await desk.Registry.RequestsAsync("production"));
        Assert.Equal(FaultKind.CheckFailed, fault.Kind);
        Assert.Equal(
            $"""
            HLY5302: motor-quote@1 was not promoted to champion of 'production' (request {request.Id}): 2 of 2 gates failed.
            - shadow: Shadow decisions were not counted. What would help: Promote where the decision log is at hand.
            - second person: 0 of 1 approvals are given. What would help: Ask another person to approve the request {request.Id}, then complete it.
            """,
            fault.Message
        );
        Assert.Empty(await desk.Registry.LiveAsync("production"));
    }

    [Fact]
    public async Task A_second_persons_approval_completes_the_request_and_is_kept()
    {
        await using var desk = new Desk();
        var (request, _) = await RequestAsync(desk);
        await Faults.OfAsync(() => desk.Registry.CompleteAsync(request.Id));
        await desk.Registry.ApproveAsync(request.Id, Desk.Bob, "read the evidence");
        var change = await desk.Registry.CompleteAsync(request.Id);
        Assert.Equal(request.Id, change.Request);
        var findings = await desk.Registry.ResultsAsync(request);
        Assert.Equal("Approved by bob (identity: verified).", findings[1].Sentence);
    }

    [Fact]
    public async Task Completing_twice_changes_nothing_the_second_time()
    {
        await using var desk = new Desk();
        var (request, _) = await RequestAsync(desk);
        await desk.Registry.ApproveAsync(request.Id, Desk.Bob, "read");
        var first = await desk.Registry.CompleteAsync(request.Id);
        Assert.Equal(first.Revision, (await desk.Registry.CompleteAsync(request.Id)).Revision);
        Assert.Single(await desk.Registry.HistoryAsync("production"));
    }

    [Theory]
    [InlineData("alice")]
    [InlineData(" ALICE ")]
    [InlineData("carol")]
    public async Task The_requester_and_the_maker_of_the_release_cannot_approve(string name)
    {
        await using var desk = new Desk();
        var (request, _) = await RequestAsync(desk, maker: Actor.Unverified("carol"));
        var fault = await Faults.OfAsync(() => desk.Registry.ApproveAsync(request.Id, Actor.Unverified(name), "fine"));
        Assert.Equal(
            $"HLY5303: {name} cannot approve request {request.Id}: the one who requested it or made the release does not count. Ask another person.",
            fault.Message
        );
        Assert.Equal(FaultKind.CheckFailed, fault.Kind);
    }

    [Fact]
    public async Task One_person_approving_twice_is_one_approval()
    {
        await using var desk = new Desk();
        var gates = new GateSet { Environment = "production", Gates = [new ApprovalGate { Name = "two", Minimum = 2 }] };
        await desk.Registry.SetGatesAsync(gates, Desk.Alice, "two people");
        var request = await desk.Registry.RequestAsync(Desk.Draft(await desk.ReleaseAsync("one")), new());
        await desk.Registry.ApproveAsync(request.Id, Desk.Bob, "once");
        await desk.Registry.ApproveAsync(request.Id, Actor.Unverified("Bob"), "twice");
        Assert.Contains(
            "1 of 2 approvals are given",
            (await Faults.OfAsync(() => desk.Registry.CompleteAsync(request.Id))).Message
        );
        await desk.Registry.ApproveAsync(request.Id, Actor.Unverified("carol"), "read");
        await desk.Registry.CompleteAsync(request.Id);
    }

    [Fact]
    public async Task A_change_of_the_gates_voids_the_approval()
    {
        await using var desk = new Desk();
        var (request, _) = await RequestAsync(desk);
        await desk.Registry.ApproveAsync(request.Id, Desk.Bob, "read");
        var weaker = new GateSet { Environment = "production", Gates = [TwoGates.Gates[1]] };
        await desk.Registry.SetGatesAsync(weaker, Desk.Alice, "shadows take too long");
        Assert.Equal(
            $"HLY5305: request {request.Id} no longer holds: the gates of 'production' changed since it was made, and its approvals are void. Request the promotion again.",
            (await Faults.OfAsync(() => desk.Registry.CompleteAsync(request.Id))).Message
        );
    }

    [Fact]
    public async Task A_change_of_the_environment_voids_the_approval()
    {
        await using var desk = new Desk();
        var (request, release) = await RequestAsync(desk);
        await desk.Registry.ApproveAsync(request.Id, Desk.Bob, "read");
        await desk.PromoteAsync(release, ReleaseRole.Shadow);
        Assert.Contains(
            "no longer holds: 'motor-quote' in 'production' changed since it was made",
            (await Faults.OfAsync(() => desk.Registry.CompleteAsync(request.Id))).Message
        );
    }

    [Theory]
    [InlineData("\"decisions\":100", "\"decisions\":500")]
    [InlineData("\"minimum\":100", "\"minimum\":1")]
    [InlineData("\"name\":\"alice\"", "\"name\":\"dave\"")]
    [InlineData("\"release\":\"motor-quote@1\"", "\"release\":\"motor-quote@2\"")]
    public async Task Altered_evidence_gates_requester_or_release_void_the_approval(string from, string to)
    {
        await using var desk = new Desk();
        var (request, _) = await RequestAsync(desk);
        await desk.ReleaseAsync("two");
        await desk.Registry.ApproveAsync(request.Id, Desk.Bob, "read");
        using (var connection = SqliteFile.Open(desk.RegistryFile))
        {
            connection.Run("DROP TRIGGER promotion_request_update");
            connection.Run("UPDATE promotion_request SET body = replace(body, $from, $to)", ("$from", from), ("$to", to));
        }
        Assert.Contains(
            "its record or its release was altered",
            (await Faults.OfAsync(() => desk.Registry.CompleteAsync(request.Id))).Message
        );
    }

    [Fact]
    public async Task An_approval_of_one_request_does_not_count_for_a_new_one_with_other_evidence()
    {
        await using var desk = new Desk();
        var (request, release) = await RequestAsync(desk);
        await desk.Registry.ApproveAsync(request.Id, Desk.Bob, "read");
        var more = new FixedEvidence(
            new ShadowEvidence
            {
                Gate = "shadow",
                Decisions = 101,
                Errors = 0,
            }
        );
        var newer = await desk.Registry.RequestAsync(Desk.Draft(release), new(more));
        Assert.NotEqual(request.Subject, newer.Subject);
        await Faults.OfAsync(() => desk.Registry.CompleteAsync(newer.Id));
        await desk.Registry.CompleteAsync(request.Id);
    }

    [Fact]
    public async Task Gates_guard_only_their_places()
    {
        await using var desk = new Desk();
        await desk.Registry.SetGatesAsync(TwoGates, Desk.Alice, "first gates");
        var release = await desk.ReleaseAsync("one");
        await desk.PromoteAsync(release, ReleaseRole.Shadow);
        await desk.PromoteAsync(release, environment: "staging");
        await Faults.OfAsync(() => desk.PromoteAsync(release));
    }

    [Fact]
    public async Task The_same_gates_again_are_not_a_change()
    {
        await using var desk = new Desk();
        await desk.Registry.SetGatesAsync(TwoGates, Desk.Alice, "first");
        await desk.Registry.SetGatesAsync(TwoGates with { }, Desk.Bob, "again");
        Assert.Equal("first", Assert.Single(await desk.Registry.GateHistoryAsync("production")).Why);
    }

    static async Task<(PromotionRequest Request, VersionId Release)> RequestAsync(Desk desk, Actor? maker = null)
    {
        await desk.Registry.SetGatesAsync(TwoGates, Desk.Alice, "first gates");
        var release = await desk.ReleaseAsync("one", maker);
        return (await desk.Registry.RequestAsync(Desk.Draft(release), new(Enough)), release);
    }
}
