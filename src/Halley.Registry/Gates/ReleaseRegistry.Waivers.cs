using System.Text.Json;

namespace Halley.Registry;

public sealed partial class ReleaseRegistry
{
    const string WaiverKind = "waiver";

    /// <summary>Waives a gate's failure until a day. It counts for promotions of other people's releases only.</summary>
    /// <param name="release">The only release that it is for; null for every release of the decision.</param>
    /// <exception cref="Data.HalleyException">
    /// HLY5306: no such gate; HLY5307: nobody may waive it; HLY5308: another role may; HLY5309: it would have ended; HLY5310: the release's
    /// own maker; HLY5204: no reason.
    /// </exception>
    public async Task<GateWaiver> WaiveAsync(
        string environment,
        string decision,
        string gate,
        VersionId? release,
        (Actor By, string Role) who,
        string why,
        DateTimeOffset until,
        CancellationToken cancellation = default
    )
    {
        CheckReason(why, "a waiver");
        var gates = await GatesAsync(environment, cancellation).ConfigureAwait(false);
        var found =
            gates.Gates.FirstOrDefault(one => one.Name == gate)
            ?? throw RegistryErrors.NoGate(environment, gate, gates.Gates.Select(one => one.Name));
        if (found.WaivableBy is null)
            throw RegistryErrors.NotWaivable(found, environment);
        if (!string.Equals(found.WaivableBy, who.Role.Trim(), StringComparison.OrdinalIgnoreCase))
            throw RegistryErrors.WrongWaiverRole(found, who.Role);
        var now = time.GetUtcNow();
        if (until <= now)
            throw RegistryErrors.WaiverEnded(until);
        if (release is { } only && (await FindReleaseAsync(only, cancellation).ConfigureAwait(false)).By.IsSamePerson(who.By))
            throw RegistryErrors.OwnWaiver(only, who.By);
        var waiver = new GateWaiver
        {
            Id = Guid.CreateVersion7(now).ToString(),
            Environment = environment,
            Decision = decision,
            Gate = gate,
            Release = release,
            By = who.By.Check(),
            Role = found.WaivableBy,
            At = now,
            Why = why,
            Until = until,
        };
        var body = JsonSerializer.Serialize(waiver, RegistryJson.Default.GateWaiver);
        await store.AddEntryAsync(new(WaiverKind, environment, body), cancellation).ConfigureAwait(false);
        return waiver;
    }

    /// <summary>Every waiver of an environment, oldest first, ended ones too.</summary>
    public async Task<IReadOnlyList<GateWaiver>> WaiversAsync(string environment, CancellationToken cancellation = default)
    {
        var entries = await store.EntriesAsync(WaiverKind, environment, cancellation).ConfigureAwait(false);
        return [.. entries.Select(entry => JsonSerializer.Deserialize(entry.Body, RegistryJson.Default.GateWaiver)!)];
    }

    /// <summary>The findings with the waivers in force, and with what stands against a promotion because an earlier waiver ended.</summary>
    async Task<IReadOnlyList<GateResult>> WithWaiversAsync(
        PromotionRequest request,
        IReadOnlyList<GateResult> results,
        CancellationToken cancellation
    )
    {
        var (draft, now) = (request.Draft, time.GetUtcNow());
        var waivers = await WaiversAsync(draft.Environment, cancellation).ConfigureAwait(false);
        if (waivers.Count == 0)
            return results;
        var release = await FindReleaseAsync(draft.Release, cancellation).ConfigureAwait(false);
        bool IsOthers(GateWaiver waiver) => !waiver.By.IsSamePerson(draft.By) && !waiver.By.IsSamePerson(release.By);
        GateWaiver? InForce(string gate, VersionId id) =>
            waivers.LastOrDefault(waiver => IsOthers(waiver) && waiver.Covers(gate, id, now));
        var waived = results.Select(result =>
            result.Passed ? result : result with { Waiver = InForce(result.Gate, draft.Release) }
        );
        if (draft.Role == ReleaseRole.Shadow)
            return [.. waived];
        var changes = await store.ChangesAsync(draft.Environment, release.Decision, cancellation).ConfigureAwait(false);
        var ended = Standing(changes)
            .Select(id => waivers.FirstOrDefault(waiver => waiver.Id == id))
            .OfType<GateWaiver>()
            .Where(waiver => now > waiver.Until)
            // Mended: the release that takes the champion's place passes that gate by itself.
            .Where(waiver =>
                draft.Role != ReleaseRole.Champion || !results.Any(result => result.Gate == waiver.Gate && result.Passed)
            )
            .Where(waiver => InForce(waiver.Gate, changes[^1].Arms.Champion ?? draft.Release) is null)
            .Select(Ended);
        return [.. waived, .. ended];
    }

    /// <summary>Waivers on which what is live stands: those of the promotion that made the present champion, and of the timetable's later ones.</summary>
    static IEnumerable<string> Standing(IReadOnlyList<EnvironmentChange> changes)
    {
        if (changes.Count == 0)
            return [];
        var arms = changes[^1].Arms;
        var live = arms.Timetable.Select(entry => entry.Release).Append(arms.Champion ?? default).ToHashSet();
        return changes
            .Where(change => change is { Kind: ChangeKind.Promote, Role: ReleaseRole.Champion } && live.Contains(change.Release))
            .GroupBy(change => change.Release)
            .SelectMany(group => group.Last().Waivers ?? []);
    }

    static GateResult Ended(GateWaiver waiver) =>
        new()
        {
            Gate = $"ended waiver of {waiver.Gate}",
            Passed = false,
            Sentence =
                $"What is live stands on a waiver of gate '{waiver.Gate}' that {waiver.By.Name} gave as {waiver.Role} and that ended on {waiver.Day}.",
            Remedy = "Promote a champion that passes the gate, or ask that role for another waiver.",
        };

    static IReadOnlyList<string>? WaiversOf(IEnumerable<GateResult> results)
    {
        var used = results
            .Where(result => !result.Passed && result.Severity == GateSeverity.Block)
            .Select(result => result.Waiver?.Id)
            .OfType<string>()
            .ToList();
        return used.Count == 0 ? null : used;
    }
}
