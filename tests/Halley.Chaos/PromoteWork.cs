using System.Text;
using Halley.Registry;

namespace Halley.Chaos;

/// <summary>Registers models, makes releases, promotes, challenges and rolls back, and says each that was acknowledged.</summary>
/// <remarks>Lines: <c>released RELEASE</c>, and <c>changed REVISION CHAMPION</c> after each change of the environment.</remarks>
static class PromoteWork
{
    static readonly Actor Robot = Actor.Unverified("robot");

    internal static async Task RunAsync(LocalStore store, CancellationToken stop)
    {
        Victim.Say("ready");
        // What an earlier victim was killed over.
        foreach (var arm in (await store.Registry.LiveAsync("production", stop)).SelectMany(live => live.Arms.Challengers))
            Say(await store.Registry.WithdrawAsync("production", arm.Release, Robot, "chaos", CancellationToken.None));
        while (!stop.IsCancellationRequested)
        {
            var release = await ReleaseAsync(store.Registry);
            Victim.Say("released", release.ToString());
            Say(await PromoteAsync(store.Registry, release, ReleaseRole.Champion));
            var challenger = await ReleaseAsync(store.Registry);
            Victim.Say("released", challenger.ToString());
            Say(await PromoteAsync(store.Registry, challenger, ReleaseRole.Challenger));
            Say(await PromoteAsync(store.Registry, await ReleaseAsync(store.Registry), ReleaseRole.Champion));
            Say(await store.Registry.RollbackAsync("production", "motor-quote", Robot, "chaos", CancellationToken.None));
            Say(await store.Registry.WithdrawAsync("production", challenger, Robot, "chaos", CancellationToken.None));
        }
        Victim.Say("done");
    }

    static async Task<VersionId> ReleaseAsync(ReleaseRegistry registry)
    {
        var content = Encoding.UTF8.GetBytes(Guid.NewGuid().ToString());
        var (model, _) = await registry.RegisterModelAsync("claim-count", content, Robot);
        var (release, _) = await registry.ReleaseAsync(
            new()
            {
                Decision = "motor-quote",
                Definition = content,
                Models = [model.Id.ToString()],
                By = Robot,
            }
        );
        return release.Id;
    }

    static Task<EnvironmentChange> PromoteAsync(ReleaseRegistry registry, VersionId release, ReleaseRole role) =>
        registry.PromoteAsync(
            new()
            {
                Environment = "production",
                Release = release,
                Role = role,
                Share = 0.1,
                By = Robot,
                Why = "chaos",
            },
            new()
        );

    static void Say(EnvironmentChange change) =>
        Victim.Say("changed", change.Revision.ToString(), change.Arms.Champion.ToString()!);
}
