using Halley.Data;

namespace Halley.Registry;

public sealed partial class ReleaseRegistry
{
    /// <summary>Puts the champion before the present one back, in one durable step and without gates. Challengers and other shadows stay.</summary>
    /// <exception cref="HalleyException">HLY5207: there was none; HLY5114: its artefacts are not sound; HLY5206: overtaken.</exception>
    public async Task<EnvironmentChange> RollbackAsync(
        string environment,
        string decision,
        Actor by,
        string why,
        CancellationToken cancellation = default
    )
    {
        CheckReason(why, "a rollback");
        by.Check();
        var changes = await store.ChangesAsync(environment, decision, cancellation).ConfigureAwait(false);
        var previous = ChampionHistory.Previous(changes) ?? throw RegistryErrors.NoPrevious(environment, decision);
        await SoundReleaseAsync(previous, cancellation).ConfigureAwait(false);
        var last = changes[^1];
        var change = last with
        {
            Kind = ChangeKind.Rollback,
            Release = previous,
            Role = ReleaseRole.Champion,
            By = by,
            Why = why,
            Request = null,
            Waivers = null,
            Canary = null,
            Arms = ArmPlan.Champion(last.Arms, previous),
        };
        return await AddChangeAsync(last, change, cancellation).ConfigureAwait(false);
    }

    /// <summary>Takes a release out of every place but the champion's, in one durable step and without gates.</summary>
    /// <exception cref="HalleyException">HLY5208: it has no such place; HLY5206: overtaken.</exception>
    public async Task<EnvironmentChange> WithdrawAsync(
        string environment,
        VersionId release,
        Actor by,
        string why,
        CancellationToken cancellation = default
    )
    {
        CheckReason(why, "a withdrawal");
        by.Check();
        var last = await LastChangeAsync(environment, release.Name, cancellation).ConfigureAwait(false);
        if (last is null || !(last.Arms with { Champion = null }).Holds(release))
            throw RegistryErrors.NotThere(environment, release);
        var change = last with
        {
            Kind = ChangeKind.Withdraw,
            Release = release,
            Role = null,
            By = by,
            Why = why,
            Request = null,
            Waivers = null,
            Canary = null,
            Arms = ArmPlan.Withdraw(last.Arms, release),
        };
        return await AddChangeAsync(last, change, cancellation).ConfigureAwait(false);
    }

    /// <summary>Every decision of an environment as it stands, by name.</summary>
    public async Task<IReadOnlyList<LiveDecision>> LiveAsync(string environment, CancellationToken cancellation = default) =>
        [.. (await store.LastChangesAsync(environment, cancellation).ConfigureAwait(false)).Select(ToLive)];

    /// <summary>Every decision of an environment as it stood at a time, by name.</summary>
    public async Task<IReadOnlyList<LiveDecision>> LiveAtAsync(
        string environment,
        DateTimeOffset at,
        CancellationToken cancellation = default
    )
    {
        var changes = await store.ChangesAsync(environment, null, cancellation).ConfigureAwait(false);
        return
        [
            .. changes
                .Where(change => change.At <= at)
                .GroupBy(change => change.Decision)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => ToLive(group.Last())),
        ];
    }

    /// <summary>Every change, in the order in which they took effect; of one environment and one decision where these are given.</summary>
    public Task<IReadOnlyList<EnvironmentChange>> HistoryAsync(
        string? environment = null,
        string? decision = null,
        CancellationToken cancellation = default
    ) => store.ChangesAsync(environment, decision, cancellation);

    /// <summary>Grows with every change of any environment: a server asks this often and reads what is live only where it grew.</summary>
    public Task<long> ChangeCountAsync(CancellationToken cancellation = default) => store.ChangeCountAsync(cancellation);

    /// <summary>Gives an environment its gates; the same gates again change nothing. Requests made under other gates no longer hold.</summary>
    /// <exception cref="HalleyException">HLY5301: the gates cannot be used; HLY5108, HLY5204: a bad name or no reason.</exception>
    public async Task SetGatesAsync(GateSet gates, Actor by, string why, CancellationToken cancellation = default)
    {
        RegistryName.Check(gates.Environment, "an environment");
        CheckReason(why, "setting gates");
        gates.Validate();
        var present = await GatesAsync(gates.Environment, cancellation).ConfigureAwait(false);
        if (present.Hash() == gates.Hash())
            return;
        await store
            .AddGatesAsync(new(gates, gates.Hash(), by.Check(), time.GetUtcNow(), why), cancellation)
            .ConfigureAwait(false);
    }

    /// <summary>The gates of an environment; an empty set where it was given none.</summary>
    public async Task<GateSet> GatesAsync(string environment, CancellationToken cancellation = default)
    {
        var changes = await store.GatesAsync(environment, cancellation).ConfigureAwait(false);
        return changes.Count > 0 ? changes[^1].Set : new() { Environment = environment };
    }

    /// <summary>Every set of gates that an environment had, oldest first.</summary>
    public Task<IReadOnlyList<GateSetChange>> GateHistoryAsync(string environment, CancellationToken cancellation = default) =>
        store.GatesAsync(environment, cancellation);

    async Task<EnvironmentChange?> LastChangeAsync(string environment, string decision, CancellationToken cancellation)
    {
        var last = await store.LastChangesAsync(environment, cancellation).ConfigureAwait(false);
        return last.FirstOrDefault(change => change.Decision == decision);
    }

    async Task<EnvironmentChange> AddChangeAsync(
        EnvironmentChange? last,
        EnvironmentChange change,
        CancellationToken cancellation
    )
    {
        var now = time.GetUtcNow();
        change = change with
        {
            Revision = (last?.Revision ?? 0) + 1,
            // A clock set back must not put a change before the one it replaces: "live at" would answer wrongly.
            At = last is not null && last.At >= now ? last.At.AddTicks(1) : now,
        };
        return await store.TryAddChangeAsync(change, cancellation).ConfigureAwait(false)
            ? change
            : throw RegistryErrors.Overtaken(change.Environment, change.Decision);
    }

    static LiveDecision ToLive(EnvironmentChange change) =>
        new(change.Environment, change.Decision, change.Revision, change.At, change.Arms);
}
