namespace Halley.Registry.Tests;

public sealed class EvidenceTests
{
    static readonly GateSet Artefacts = new() { Environment = "production", Gates = [new ArtefactGate { Name = "artefacts" }] };

    [Fact]
    public async Task A_sound_release_whose_models_pass_their_own_checks_passes()
    {
        await using var desk = new Desk();
        await desk.Registry.SetGatesAsync(Artefacts, Desk.Alice, "first");
        var loaded = new List<string>();
        string? Check(PinnedModel model, byte[] artefact)
        {
            loaded.Add($"{model.Version}: {System.Text.Encoding.UTF8.GetString(artefact)}");
            return null;
        }
        await desk.PromoteAsync(await desk.ReleaseAsync("one"), providers: new RegistryEvidence(desk.Registry, Check));
        Assert.Equal(["claim-count@1: model of one"], loaded);
    }

    [Fact]
    public async Task A_model_that_fails_its_own_check_stops_the_promotion()
    {
        await using var desk = new Desk();
        await desk.Registry.SetGatesAsync(Artefacts, Desk.Alice, "first");
        var evidence = new RegistryEvidence(desk.Registry, (_, _) => "row 3 scores 0.11, 0.12 was expected");
        var release = await desk.ReleaseAsync("one");
        var fault = await Faults.OfAsync(() => desk.PromoteAsync(release, providers: evidence));
        Assert.Contains(
            "- artefacts: The release is not sound: model claim-count@1: row 3 scores 0.11, 0.12 was expected. What would help: Restore the store from a copy, or make the release again.",
            fault.Message
        );
    }

    [Fact]
    public async Task Shadows_are_counted_for_the_release_and_in_the_environment_that_the_gate_names()
    {
        await using var log = new LogDesk();
        foreach (var decision in await log.AppendAsync(5))
            await log.Log.AppendAsync(log.Shadow(decision));
        var staged = log.Decision() with { Environment = "staging" };
        await log.Log.AppendAsync(staged);
        await log.Log.AppendAsync(log.Shadow(staged, error: "timed out") with { Simulated = true });
        await using var desk = new Desk();
        await desk.ReleaseAsync("one");
        var release = await desk.Registry.FindReleaseAsync(await desk.ReleaseAsync("two"));
        var subject = new GateSubject(release, "production", ReleaseRole.Champion, new());
        var gate = new ShadowGate { Name = "shadows", Minimum = 1 };
        var evidence = new LogEvidence(log.Reader);
        var here = (ShadowEvidence)(await evidence.GatherAsync(gate, subject, null, default))!;
        var there = (ShadowEvidence)(await evidence.GatherAsync(gate with { Environment = "staging" }, subject, null, default))!;
        Assert.Equal((5, 0, false), (here.Decisions, here.Errors, here.Simulated));
        Assert.Equal((1, 1, true), (there.Decisions, there.Errors, there.Simulated));
        Assert.Null(await evidence.GatherAsync(new ArtefactGate { Name = "other" }, subject, null, default));
    }
}
