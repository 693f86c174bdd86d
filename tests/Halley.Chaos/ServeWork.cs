using Halley.Decisions;
using Halley.Registry;
using Halley.Server;
using Halley.Simulation;

namespace Halley.Chaos;

/// <summary>Serves decisions on loopback while releases are promoted under it; its clock is set back again and again.</summary>
/// <remarks>Lines: <c>ready ADDRESS</c>, and <c>changed REVISION CHAMPION</c> after each promotion that was acknowledged.</remarks>
static class ServeWork
{
    const string Name = "quote";
    static readonly Actor Robot = Actor.Unverified("robot");

    /// <param name="behind">How far the clock is behind at the start.</param>
    internal static async Task RunAsync(LocalStore store, string folder, TimeSpan behind, CancellationToken stop)
    {
        if ((await store.Registry.LiveAsync("production", stop)).Count == 0)
            await PromoteAsync(store.Registry);
        var options = new ServerOptions
        {
            Store = folder,
            Environment = "production",
            Address = "http://127.0.0.1:0",
            Refresh = TimeSpan.FromMilliseconds(20),
        };
        await using var server = DecisionServer.Build(options, new ClockSetBack(behind));
        await server.StartAsync(stop);
        await DecisionServer.ReadyAsync(server, stop);
        Victim.Say("ready", server.Urls.First());
        try
        {
            while (true)
            {
                await Task.Delay(100, stop);
                await PromoteAsync(store.Registry);
            }
        }
        catch (OperationCanceledException)
        {
            await server.StopAsync(CancellationToken.None);
        }
    }

    static async Task PromoteAsync(ReleaseRegistry registry)
    {
        var price = 1000 * (1 + (await registry.HistoryAsync("production", Name)).Count);
        var (release, _) = await registry.ReleaseAsync(
            new()
            {
                Decision = Name,
                Definition = DecisionJson.ToBytes(Priced.Definition(Name, price)),
                By = Robot,
            }
        );
        var change = await registry.PromoteAsync(
            new()
            {
                Environment = "production",
                Release = release.Id,
                Role = ReleaseRole.Champion,
                By = Robot,
                Why = "chaos",
            },
            new()
        );
        Victim.Say("changed", change.Revision.ToString(), change.Arms.Champion.ToString()!);
    }

    /// <summary>The machine's clock, but behind it, and a minute more with every 500th look.</summary>
    sealed class ClockSetBack(TimeSpan behind) : TimeProvider
    {
        long looks;

        public override DateTimeOffset GetUtcNow() =>
            base.GetUtcNow() - behind - TimeSpan.FromMinutes(Interlocked.Increment(ref looks) / 500);
    }
}
