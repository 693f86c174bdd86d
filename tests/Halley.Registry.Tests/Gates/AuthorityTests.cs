namespace Halley.Registry.Tests;

public sealed class AuthorityTests
{
    static readonly AuthorityGate Gate = new()
    {
        Name = "authority",
        Levels =
        [
            new() { Approvals = 0 },
            new() { TotalChange = 0.01, Approvals = 1 },
            new()
            {
                TotalChange = 0.05,
                MovedShare = 0.2,
                Approvals = 2,
                Role = "chief actuary",
            },
        ],
    };

    [Theory]
    [InlineData(0.005, 5, 0)]
    [InlineData(-0.02, 5, 1)]
    [InlineData(0.05, 5, 2)]
    [InlineData(0.0, 20, 2)]
    public void The_approvals_needed_follow_from_the_measured_change(double total, long moved, int approvals) =>
        Assert.Equal(approvals, Gate.Needed(Moves(total, moved)).Approvals);

    [Fact]
    public void What_nobody_measured_needs_the_most() => Assert.Equal(2, Gate.Needed(null).Approvals);

    [Fact]
    public async Task A_large_change_waits_for_two_people_of_whom_one_has_the_role()
    {
        await using var desk = new Desk();
        await desk.Registry.SetGatesAsync(new() { Environment = "production", Gates = [Gate] }, Desk.Alice, "first");
        var release = await desk.ReleaseAsync("one");
        var request = await desk.Registry.RequestAsync(Desk.Draft(release), new(new FixedEvidence(Moves(0.08, 30))));
        async Task<string> SentenceAsync() => (await desk.Registry.ResultsAsync(request))[0].Sentence;
        await desk.Registry.ApproveAsync(request.Id, Desk.Bob, "read");
        Assert.Equal(
            "The total premium changes by 8 % and 30 % of policies move: 2, one of them as chief actuary, approvals are needed and 1 are given, none as chief actuary.",
            await SentenceAsync()
        );
        await desk.Registry.ApproveAsync(request.Id, Actor.Unverified("carol"), "read");
        await Faults.OfAsync(() => desk.Registry.CompleteAsync(request.Id));
        await desk.Registry.ApproveAsync(request.Id, Actor.Unverified("dora"), "read", "Chief Actuary");
        await desk.Registry.CompleteAsync(request.Id);
    }

    static DislocationEvidence Moves(double total, long moved) =>
        new()
        {
            Gate = "authority",
            HasChampion = true,
            Policies = 100,
            Moved = moved,
            LargestRise = 0.3,
            TotalChange = total,
        };
}
