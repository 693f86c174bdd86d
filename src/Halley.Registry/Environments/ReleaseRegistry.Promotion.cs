using Halley.Data;

namespace Halley.Registry;

public sealed partial class ReleaseRegistry
{
    /// <summary>Requests a promotion and completes it at once.</summary>
    /// <exception cref="HalleyException">HLY5302: gates failed (an approval still to come is one); the request stays and can be completed later.</exception>
    public async Task<EnvironmentChange> PromoteAsync(
        PromotionDraft draft,
        GateEvaluator evaluator,
        CancellationToken cancellation = default
    )
    {
        var request = await RequestAsync(draft, evaluator, cancellation).ConfigureAwait(false);
        return await CompleteAsync(request.Id, cancellation).ConfigureAwait(false);
    }

    /// <summary>Judges a release by the environment's gates and keeps the request with its evidence; changes nothing live.</summary>
    /// <exception cref="HalleyException">HLY5113, HLY5114: the release; HLY5201 to HLY5205: the place it shall take.</exception>
    public async Task<PromotionRequest> RequestAsync(
        PromotionDraft draft,
        GateEvaluator evaluator,
        CancellationToken cancellation = default
    )
    {
        RegistryName.Check(draft.Environment, "an environment");
        CheckReason(draft.Why, "a promotion");
        draft.By.Check();
        var release = await SoundReleaseAsync(draft.Release, cancellation).ConfigureAwait(false);
        var last = await LastChangeAsync(draft.Environment, release.Decision, cancellation).ConfigureAwait(false);
        var arms = last?.Arms ?? new LiveArms();
        var after = Apply(draft, arms, Today);
        var gates = await GatesAsync(draft.Environment, cancellation).ConfigureAwait(false);
        var report = await evaluator
            .EvaluateAsync(gates, Subject(draft, release, arms, after, Today), cancellation)
            .ConfigureAwait(false);
        var now = time.GetUtcNow();
        var request = new PromotionRequest
        {
            Id = Guid.CreateVersion7(now).ToString(),
            Draft = draft,
            At = now,
            ReleaseHash = release.Hash,
            Gates = gates,
            Report = report,
            BaseRevision = last?.Revision ?? 0,
            Subject = default,
        };
        request = request with { Subject = PromotionSubject.Hash(request) };
        await store.AddRequestAsync(request, cancellation).ConfigureAwait(false);
        return request;
    }

    /// <summary>Agrees to a request. The approval holds for exactly this request: release, gates, evidence and state of the environment.</summary>
    /// <exception cref="HalleyException">HLY5304: no such request; HLY5303: requested or made by the same person.</exception>
    public Task<Approval> ApproveAsync(string requestId, Actor by, string why, CancellationToken cancellation = default) =>
        ApproveAsync(requestId, by, why, role: null, cancellation);

    /// <inheritdoc cref="ApproveAsync(string, Actor, string, CancellationToken)"/>
    /// <param name="role">The role in which the person agrees, for gates that ask for one; null for none.</param>
    public async Task<Approval> ApproveAsync(
        string requestId,
        Actor by,
        string why,
        string? role,
        CancellationToken cancellation = default
    )
    {
        var request = await FindRequestAsync(requestId, cancellation).ConfigureAwait(false);
        CheckReason(why, "an approval");
        by.Check();
        var release = await FindReleaseAsync(request.Draft.Release, cancellation).ConfigureAwait(false);
        if (by.IsSamePerson(request.Draft.By) || by.IsSamePerson(release.By))
            throw RegistryErrors.OwnApproval(request, by);
        var approval = new Approval(request.Id, request.Subject, by, time.GetUtcNow(), why, role);
        await store.AddApprovalAsync(approval, cancellation).ConfigureAwait(false);
        return approval;
    }

    /// <summary>Puts a request into effect, in one durable step. Repeating a completed request changes nothing and returns its change.</summary>
    /// <exception cref="HalleyException">HLY5302: gates failed; HLY5305: something changed since the request; HLY5206: overtaken.</exception>
    public async Task<EnvironmentChange> CompleteAsync(string requestId, CancellationToken cancellation = default)
    {
        // 1. The request, and whether it was completed before (a caller may repeat after a crash).
        var request = await FindRequestAsync(requestId, cancellation).ConfigureAwait(false);
        var draft = request.Draft;
        var changes = await store.ChangesAsync(draft.Environment, draft.Release.Name, cancellation).ConfigureAwait(false);
        if (changes.FirstOrDefault(change => change.Request == request.Id) is { } completed)
            return completed;

        // 2. Nothing that the request rests on may have changed.
        var release = await SoundReleaseAsync(draft.Release, cancellation).ConfigureAwait(false);
        var gates = await GatesAsync(draft.Environment, cancellation).ConfigureAwait(false);
        if (request.Subject != PromotionSubject.Hash(request) || request.ReleaseHash != release.Hash)
            throw RegistryErrors.Stale(request, "its record or its release was altered");
        if (gates.Hash() != request.Gates.Hash())
            throw RegistryErrors.Stale(request, $"the gates of '{draft.Environment}' changed");
        if (request.BaseRevision != (changes.Count > 0 ? changes[^1].Revision : 0))
            throw RegistryErrors.Stale(request, $"'{release.Decision}' in '{draft.Environment}' changed");

        // 3. Every gate, from the evidence kept, with the approvals given by now.
        var results = await ResultsAsync(request, cancellation).ConfigureAwait(false);
        if (results.Any(result => result.Blocks))
            throw RegistryErrors.Refused(request, results);

        // 4. One record holds the whole new state: before it the old state, after it the new.
        var last = changes.Count > 0 ? changes[^1] : null;
        return await AddChangeAsync(
                last,
                new()
                {
                    Environment = draft.Environment,
                    Decision = release.Decision,
                    Revision = 0,
                    Kind = ChangeKind.Promote,
                    Release = draft.Release,
                    Role = draft.Role,
                    By = draft.By,
                    At = default,
                    Why = draft.Why,
                    Request = request.Id,
                    Arms = Apply(draft, last?.Arms ?? new LiveArms(), Today),
                    Waivers = WaiversOf(results),
                },
                cancellation
            )
            .ConfigureAwait(false);
    }

    /// <summary>The findings of a request now: its gates judged on its evidence, with the approvals and waivers given by now.</summary>
    public async Task<IReadOnlyList<GateResult>> ResultsAsync(PromotionRequest request, CancellationToken cancellation = default)
    {
        var approvals = await CountingApprovalsAsync(request, cancellation).ConfigureAwait(false);
        GateEvidence? EvidenceOf(Gate gate) => request.Report.Evidence.FirstOrDefault(evidence => evidence.Gate == gate.Name);
        var results = request
            .Gates.For(request.Draft.Role)
            .Select(gate =>
                gate switch
                {
                    ApprovalGate approval => approval.Judge(approvals, request.Id),
                    AuthorityGate authority => authority.Judge(EvidenceOf(gate), approvals, request.Id),
                    _ => gate.Judge(EvidenceOf(gate)),
                }
            );
        return await WithWaiversAsync(request, [.. results], cancellation).ConfigureAwait(false);
    }

    /// <exception cref="HalleyException">HLY5304: there is no such request.</exception>
    public async Task<PromotionRequest> FindRequestAsync(string id, CancellationToken cancellation = default) =>
        await store.FindRequestAsync(id, cancellation).ConfigureAwait(false) ?? throw RegistryErrors.NoRequest(id);

    /// <summary>Requests of an environment, oldest first, completed ones too.</summary>
    public Task<IReadOnlyList<PromotionRequest>> RequestsAsync(string environment, CancellationToken cancellation = default) =>
        store.RequestsAsync(environment, cancellation);

    /// <summary>Every approval of a request, oldest first, those that do not count included.</summary>
    public Task<IReadOnlyList<Approval>> ApprovalsAsync(string request, CancellationToken cancellation = default) =>
        store.ApprovalsAsync(request, cancellation);

    /// <summary>Approvals of a request that count: bound to it as it is, and each by another person.</summary>
    async Task<IReadOnlyList<Approval>> CountingApprovalsAsync(PromotionRequest request, CancellationToken cancellation)
    {
        var release = await FindReleaseAsync(request.Draft.Release, cancellation).ConfigureAwait(false);
        var given = await store.ApprovalsAsync(request.Id, cancellation).ConfigureAwait(false);
        var counting = new List<Approval>();
        foreach (var approval in given.Where(approval => approval.Subject == request.Subject))
        {
            var isOwn = approval.By.IsSamePerson(request.Draft.By) || approval.By.IsSamePerson(release.By);
            if (!isOwn && !counting.Any(other => other.By.IsSamePerson(approval.By)))
                counting.Add(approval);
        }
        return counting;
    }

    DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    /// <summary>What gates judge: for a date to come, against the release that would answer then otherwise.</summary>
    static GateSubject Subject(PromotionDraft draft, Release release, LiveArms arms, LiveArms after, DateOnly today)
    {
        var replaced = draft.IsScheduled
            ? arms.ReleaseFor(draft.Transaction ?? Transaction.NewBusiness, draft.Effective ?? today)
            : arms.Champion;
        return new(release, draft.Environment, draft.Role, arms with { Champion = replaced })
        {
            KeepsSchema = draft.KeepSchema,
            After = after,
            Transaction = draft.Transaction,
            Effective = draft.Effective,
        };
    }

    static LiveArms Apply(PromotionDraft draft, LiveArms arms, DateOnly today)
    {
        if (draft.Role != ReleaseRole.Champion && (draft.IsScheduled || draft.KeepSchema))
            throw ArmErrors.NotForPlace(draft.Release);
        if (draft.Transaction == Transaction.Adjustment)
            throw ArmErrors.NoAdjustments(draft.Release);
        var entry = draft.IsScheduled ? new TimetableEntry(draft.Release, draft.Transaction, draft.Effective ?? today) : null;
        var isSame = draft.Role switch
        {
            ReleaseRole.Champion when entry is not null => arms.Timetable.Contains(entry),
            // What the timetable has in force would make room: that is a change.
            ReleaseRole.Champion => arms.Champion == draft.Release && arms.Timetable.All(one => one.From > today),
            ReleaseRole.Shadow => arms.Shadows.Contains(draft.Release),
            _ => false,
        };
        if (isSame)
            throw RegistryErrors.NothingToChange(draft);
        return draft.Role switch
        {
            ReleaseRole.Champion when entry is not null => ArmPlan.Schedule(arms, entry),
            ReleaseRole.Champion => ArmPlan.Enthrone(arms, draft.Release, today, draft.KeepSchema),
            ReleaseRole.Challenger => ArmPlan.Challenge(arms, draft.Release, draft.Share),
            _ => ArmPlan.Shadow(arms, draft.Release),
        };
    }
}
