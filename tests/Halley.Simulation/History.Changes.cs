using Halley.Data;
using Halley.Decisions;
using Halley.Registry;

namespace Halley.Simulation;

/// <summary>What changes an environment: promotions, challengers, shadows, withdrawals, rollbacks and canaries.</summary>
sealed partial class History
{
    static readonly TimeSpan StepLength = TimeSpan.FromMinutes(1);

    readonly List<VersionId> releases = [];

    async Task<string> PromoteAsync()
    {
        var server = AnyServer();
        var asked = 0.1 + 0.2 * random.Next(3);
        LiveArms? arms = null;
        try
        {
            arms = Assert.Single(await server.Registry.LiveAsync(Environment)).Arms;
            var change = random.Next(6) switch
            {
                0 => await server.Registry.RollbackAsync(Environment, Name, Robot, "simulated"),
                1 when arms.Challengers.Count > 0 => await WithdrawAsync(server, arms.Challengers[0].Release),
                1 when arms.Shadows.Count > 0 => await WithdrawAsync(server, arms.Shadows[0]),
                2 or 3 when arms.Challengers.Count < 4 => await PutAsync(server, arms, ReleaseRole.Challenger, asked),
                4 when arms.Shadows.Count < 2 => await PutAsync(server, arms, ReleaseRole.Shadow, 0),
                _ => await PutAsync(server, arms, ReleaseRole.Champion, 0),
            };
            promises.Changed(change);
            if (settings.PromotesTwice && change.Request is not null)
                await AgainAsync(server, change);
            return $"change {change.Revision}: {change.Kind} {change.Release} {change.Role}";
        }
        catch (HalleyException fault) when (IsRefusal(fault, arms, asked))
        {
            return $"change: {fault.Code}";
        }
    }

    /// <summary>Whether a change may end so: the store's trouble, nothing to go back to, or a share that is not free.</summary>
    static bool IsRefusal(HalleyException fault, LiveArms? arms, double asked) =>
        fault.Kind == FaultKind.Environment
        || fault.Code == "HLY5207"
        || fault.Code == "HLY5203" && arms is not null && arms.ChampionShare <= asked + 1e-9;

    async Task<EnvironmentChange> PutAsync(SimulatedServer server, LiveArms arms, ReleaseRole role, double share)
    {
        var request = await server.Registry.RequestAsync(Draft(await ReleaseAsync(server, arms), role, share), new());
        var change = await server.Registry.CompleteAsync(request.Id);
        // A caller that heard nothing completes again, at whichever server it meets.
        if (random.Next(3) == 0)
        {
            var again = await AnyServer().Registry.CompleteAsync(request.Id);
            Promises.Expect(again.Revision == change.Revision, $"request of change {change.Revision} gave {again.Revision} too");
        }
        return change;
    }

    static Task<EnvironmentChange> WithdrawAsync(SimulatedServer server, VersionId release) =>
        server.Registry.WithdrawAsync(Environment, release, Robot, "simulated");

    async Task<string> StartCanaryAsync()
    {
        var server = AnyServer();
        LiveArms? arms = null;
        try
        {
            arms = Assert.Single(await server.Registry.LiveAsync(Environment)).Arms;
            if ((await server.Registry.CanariesAsync(Environment)).Any(one => one.Status == CanaryStatus.Running))
                return "canary: one runs";
            var plan = new CanaryPlan
            {
                Environment = Environment,
                Steps = [new(0.2, StepLength, 1), new(0.4, StepLength, 1), new(0.6, StepLength, 1)],
                Guards = [new() { Metric = CanaryMetric.Errors, Maximum = 0.5 }],
            };
            var release = await ReleaseAsync(server, arms);
            var state = await server.Registry.StartCanaryAsync(plan, release, (Robot, "simulated"), new());
            promises.Changed((await server.Registry.HistoryAsync(Environment))[(int)state.Revision - 1]);
            return $"canary {release}: started by change {state.Revision}";
        }
        catch (HalleyException fault) when (IsRefusal(fault, arms, 0.2))
        {
            return $"canary: {fault.Code}";
        }
    }

    /// <summary>A server's look at the canaries, as it has one every few seconds.</summary>
    async Task<string> CheckCanariesAsync()
    {
        var server = AnyServer();
        LiveArms? arms = null;
        try
        {
            arms = Assert.Single(await server.Registry.LiveAsync(Environment)).Arms;
            var changes = await server.Canaries.CheckAsync();
            foreach (var change in changes)
                promises.Changed(change);
            return changes.Count == 0 ? "canary: holds" : $"canary: {string.Join(", ", changes.Select(one => one.Kind))}";
        }
        // Each step adds a fifth to its share: no room for it means that no fifth is left.
        catch (HalleyException fault) when (IsRefusal(fault, arms, 0.2))
        {
            return $"canary: {fault.Code}";
        }
    }

    async Task<string> AbortCanaryAsync()
    {
        var server = AnyServer();
        try
        {
            var state = (await server.Registry.CanariesAsync(Environment)).LastOrDefault(one =>
                one.Status == CanaryStatus.Running
            );
            if (state is null)
                return "canary: none runs";
            var change = await server.Registry.AbortCanaryAsync(Environment, state.Canary.Release, Robot, "simulated");
            promises.Changed(change);
            return $"canary: aborted by change {change.Revision}";
        }
        catch (HalleyException fault) when (fault.Kind == FaultKind.Environment)
        {
            return $"canary: {fault.Code}";
        }
    }

    /// <summary>The planted bug: the change once more, past the registry's rules.</summary>
    async Task AgainAsync(SimulatedServer server, EnvironmentChange change)
    {
        await using var records = new SqliteRegistryStore(Path.Combine(folder, server.Process, "registry.db"));
        await records.TryAddChangeAsync(change with { Revision = change.Revision + 1 }, CancellationToken.None);
    }

    /// <summary>A release that has no place yet: mostly one of before, else a new one.</summary>
    async Task<VersionId> ReleaseAsync(SimulatedServer server, LiveArms arms)
    {
        var free = releases.Where(release => !arms.Holds(release)).ToList();
        return free.Count > 0 && random.Next(4) > 0 ? free[random.Next(free.Count)] : await NewReleaseAsync(server);
    }

    async Task<VersionId> NewReleaseAsync(SimulatedServer server)
    {
        var price = 1000 * promises.NextPrice();
        var (release, _) = await server.Registry.ReleaseAsync(
            new()
            {
                Decision = Name,
                Definition = DecisionJson.ToBytes(Priced.Definition(Name, price)),
                By = Robot,
            }
        );
        promises.Released(release.Id, price);
        releases.Add(release.Id);
        return release.Id;
    }

    static PromotionDraft Draft(VersionId release, ReleaseRole role, double share) =>
        new()
        {
            Environment = Environment,
            Release = release,
            Role = role,
            Share = share,
            By = Robot,
            Why = "simulated",
        };
}
