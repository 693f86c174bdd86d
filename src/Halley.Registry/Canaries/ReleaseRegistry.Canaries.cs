using System.Text.Json;
using Halley.Data;

namespace Halley.Registry;

public sealed partial class ReleaseRegistry
{
    const string CanaryKind = "canary";
    const string CanaryFaultKind = "canary_fault";
    static readonly Actor CanaryKeeper = Actor.Unverified("canary guard");

    /// <summary>Begins a canary: its first share, through the gates of a challenger. Where an approval is missing it begins with that.</summary>
    /// <exception cref="HalleyException">HLY5241 to HLY5244: it cannot begin; HLY5302: gates failed; others as for a promotion.</exception>
    public async Task<CanaryState> StartCanaryAsync(
        CanaryPlan plan,
        VersionId release,
        (Actor By, string Why) who,
        GateEvaluator evaluator,
        CancellationToken cancellation = default
    )
    {
        plan.Validate();
        var running = (await CanariesAsync(plan.Environment, cancellation).ConfigureAwait(false)).FirstOrDefault(state =>
            state.Status == CanaryStatus.Running && state.Canary.Release.Name == release.Name
        );
        if (running is not null)
            throw CanaryErrors.Running(running.Canary);
        var last = await LastChangeAsync(plan.Environment, release.Name, cancellation).ConfigureAwait(false);
        if (last?.Arms.Champion is not { } champion)
            throw CanaryErrors.NoChampion(plan.Environment, release);
        if (champion == release || last.Arms.Challengers.Any(arm => arm.Release == release))
            throw CanaryErrors.IsThere(plan.Environment, release);
        var draft = new PromotionDraft
        {
            Environment = plan.Environment,
            Release = release,
            Role = ReleaseRole.Challenger,
            Share = plan.Steps[0].Share,
            By = who.By,
            Why = who.Why,
        };
        var request = await RequestAsync(draft, evaluator, cancellation).ConfigureAwait(false);
        var now = time.GetUtcNow();
        var canary = new Canary
        {
            Id = Guid.CreateVersion7(now).ToString(),
            Release = release,
            Against = champion,
            Plan = plan,
            Request = request.Id,
            By = who.By,
            At = now,
            Why = who.Why,
        };
        // The canary before its first change: whatever happens between, the change finds who watches it.
        await AddAsync(CanaryKind, plan.Environment, canary, RegistryJson.Default.Canary, cancellation).ConfigureAwait(false);
        await CompleteAsync(request.Id, cancellation).ConfigureAwait(false);
        return await StateAsync(canary, cancellation).ConfigureAwait(false);
    }

    /// <summary>Every canary of an environment, oldest first, as it stands.</summary>
    public async Task<IReadOnlyList<CanaryState>> CanariesAsync(string environment, CancellationToken cancellation = default)
    {
        var entries = await store.EntriesAsync(CanaryKind, environment, cancellation).ConfigureAwait(false);
        if (entries.Count == 0)
            return [];
        var changes = await store.ChangesAsync(environment, null, cancellation).ConfigureAwait(false);
        return
        [
            .. entries
                .Select(entry => JsonSerializer.Deserialize(entry.Body, RegistryJson.Default.Canary)!)
                .Select(canary => CanaryState.Of(canary, [.. changes.Where(change => change.Decision == canary.Release.Name)])),
        ];
    }

    /// <summary>The next step, or the end of the last one, in one durable step; null where another server was first.</summary>
    internal async Task<EnvironmentChange?> AdvanceCanaryAsync(
        CanaryState state,
        string why,
        CancellationToken cancellation = default
    )
    {
        var (canary, next) = (state.Canary, state.Step + 1);
        return await ChangeCanaryAsync(
                state,
                last =>
                    last with
                    {
                        Kind = ChangeKind.Widen,
                        Role = ReleaseRole.Challenger,
                        Why = why,
                        Canary = new(canary.Id, next, IsBreach: false),
                        Arms =
                            next < canary.Plan.Steps.Count
                                ? ArmPlan.Challenge(last.Arms, canary.Release, canary.Plan.Steps[next].Share)
                                : last.Arms,
                    },
                cancellation
            )
            .ConfigureAwait(false);
    }

    /// <summary>Takes a canary out because a guard was breached, in one durable step and without gates; null where another server was first.</summary>
    internal Task<EnvironmentChange?> RollBackCanaryAsync(
        CanaryState state,
        string why,
        CancellationToken cancellation = default
    ) =>
        ChangeCanaryAsync(
            state,
            last =>
                last with
                {
                    Kind = ChangeKind.Withdraw,
                    Role = null,
                    Why = why,
                    Canary = new(state.Canary.Id, state.Step, IsBreach: true),
                    Arms = ArmPlan.Withdraw(last.Arms, state.Canary.Release),
                },
            cancellation
        );

    /// <summary>Takes a running canary out; its units are the champion's again.</summary>
    /// <exception cref="HalleyException">HLY5245: it is none; HLY5204: no reason; HLY5206: overtaken.</exception>
    public async Task<EnvironmentChange> AbortCanaryAsync(
        string environment,
        VersionId release,
        Actor by,
        string why,
        CancellationToken cancellation = default
    )
    {
        CheckReason(why, "the end of a canary");
        var state = (await CanariesAsync(environment, cancellation).ConfigureAwait(false)).LastOrDefault(one =>
            one.Canary.Release == release && one.Status == CanaryStatus.Running
        );
        if (state is null)
            throw CanaryErrors.None(environment, release);
        var changes = await store.ChangesAsync(environment, release.Name, cancellation).ConfigureAwait(false);
        if (CanaryState.Of(state.Canary, changes).Status != CanaryStatus.Running)
            throw CanaryErrors.None(environment, release);
        var last = changes[^1];
        var change = Cleared(last, release, by.Check()) with
        {
            Kind = ChangeKind.Withdraw,
            Role = null,
            Why = why,
            Canary = new(state.Canary.Id, state.Step, IsBreach: false),
            Arms = ArmPlan.Withdraw(last.Arms, release),
        };
        return await AddChangeAsync(last, change, cancellation).ConfigureAwait(false);
    }

    internal Task AddFaultAsync(CanaryFault fault, CancellationToken cancellation) =>
        AddAsync(CanaryFaultKind, fault.Canary, fault, RegistryJson.Default.CanaryFault, cancellation);

    /// <summary>What servers could not answer by a canary's release in a step.</summary>
    internal async Task<IReadOnlyList<CanaryFault>> FaultsAsync(CanaryState state, CancellationToken cancellation)
    {
        var entries = await store.EntriesAsync(CanaryFaultKind, state.Canary.Id, cancellation).ConfigureAwait(false);
        return
        [
            .. entries
                .Select(entry => JsonSerializer.Deserialize(entry.Body, RegistryJson.Default.CanaryFault)!)
                .Where(fault => fault.Step == state.Step),
        ];
    }

    async Task<EnvironmentChange?> ChangeCanaryAsync(
        CanaryState seen,
        Func<EnvironmentChange, EnvironmentChange> change,
        CancellationToken cancellation
    )
    {
        var (canary, environment) = (seen.Canary, seen.Canary.Plan.Environment);
        // As it is now, not as it was seen: a person or another server may have been first. State and revision come from one reading, so
        // that whoever is first after it wins.
        var changes = await store.ChangesAsync(environment, canary.Release.Name, cancellation).ConfigureAwait(false);
        var now = CanaryState.Of(canary, changes);
        if (now.Status != CanaryStatus.Running || now.Step != seen.Step)
            return null;
        var last = changes[^1];
        try
        {
            return await AddChangeAsync(last, change(Cleared(last, canary.Release, CanaryKeeper)), cancellation)
                .ConfigureAwait(false);
        }
        catch (HalleyException overtaken) when (overtaken.Code == "HLY5206")
        {
            return null;
        }
    }

    async Task<CanaryState> StateAsync(Canary canary, CancellationToken cancellation) =>
        CanaryState.Of(
            canary,
            await store.ChangesAsync(canary.Plan.Environment, canary.Release.Name, cancellation).ConfigureAwait(false)
        );

    /// <summary>The last change with nothing of its own story left.</summary>
    static EnvironmentChange Cleared(EnvironmentChange last, VersionId release, Actor by) =>
        last with
        {
            Release = release,
            By = by,
            Request = null,
            Waivers = null,
            Canary = null,
        };
}
