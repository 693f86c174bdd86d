using Halley.Data;

namespace Halley.Registry.Tests;

/// <summary>What every store of the registry's records must do; a class for each store derives from it.</summary>
public abstract class RegistryStoreContract
{
    static readonly Actor Alice = Actor.Unverified("alice");
    static readonly DateTimeOffset Now = new(2026, 3, 1, 9, 0, 0, TimeSpan.FromHours(1));

    /// <summary>Opens a store over the same place each time it is called in one test.</summary>
    private protected abstract IRegistryStore Open(TemporaryFolder folder);

    [Fact]
    public async Task Entries_come_back_in_the_order_of_arrival_by_kind_and_scope()
    {
        using var folder = new TemporaryFolder();
        await using var store = Open(folder);
        RegistryEntry[] entries =
        [
            new("waiver", "production", "1"),
            new("waiver", "staging", "2"),
            new("key", "production", "3"),
            new("waiver", "production", "4"),
        ];
        foreach (var entry in entries)
            await store.AddEntryAsync(entry, default);
        Assert.Equal([entries[0], entries[3]], await store.EntriesAsync("waiver", "production", default));
        Assert.Equal([entries[0], entries[1], entries[3]], await store.EntriesAsync("waiver", null, default));
        Assert.Empty(await store.EntriesAsync("waiver", "dev", default));
    }

    [Fact]
    public async Task Of_several_servers_one_takes_a_canarys_step_and_one_takes_it_out()
    {
        using var folder = new TemporaryFolder();
        await using var desk = new Desk(_ => Open(folder));
        await using var second = Open(folder);
        using var key = SigningKey.Create();
        var other = new ReleaseRegistry(second, desk.Artefacts, key, new([desk.Key]), desk.Time);
        var (one, two) = (await desk.ReleaseAsync("one"), await desk.ReleaseAsync("two"));
        await desk.PromoteAsync(one);
        var plan = new CanaryPlan
        {
            Environment = "production",
            Steps = [new(0.1, TimeSpan.Zero, 1), new(0.2, TimeSpan.Zero, 1)],
            Guards = [new() { Metric = CanaryMetric.Errors, Maximum = 0.1 }],
        };
        var begun = await desk.Registry.StartCanaryAsync(plan, two, (Alice, "why"), new([]));
        var steps = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(i => (i % 2 == 0 ? desk.Registry : other).AdvanceCanaryAsync(begun, $"by {i}"))
        );
        Assert.Equal(0.2, Assert.Single(steps.OfType<EnvironmentChange>()).Arms.Challengers[0].Share, 9);
        var grown = Assert.Single(await other.CanariesAsync("production"));
        Assert.Equal((CanaryStatus.Running, 1), (grown.Status, grown.Step));
        var outs = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(i => (i % 2 == 0 ? desk.Registry : other).RollBackCanaryAsync(grown, "errors"))
        );
        Assert.Single(outs.OfType<EnvironmentChange>());
        Assert.Equal(CanaryStatus.RolledBack, Assert.Single(await desk.Registry.CanariesAsync("production")).Status);
        Assert.Null(await desk.Registry.AdvanceCanaryAsync(grown, "too late"));
    }

    [Fact]
    public async Task Versions_are_numbered_from_one_without_gaps_and_by_name()
    {
        using var folder = new TemporaryFolder();
        await using var store = Open(folder);
        foreach (var (name, content) in new[] { ("a", "1"), ("a", "2"), ("b", "1"), ("a", "3") })
            await AddModelAsync(store, name, content);
        var models = await store.ModelsAsync(null, default);
        Assert.Equal(["a@1", "a@2", "a@3", "b@1"], models.Select(model => model.Id.ToString()));
        Assert.Equal(["b@1"], (await store.ModelsAsync("b", default)).Select(model => model.Id.ToString()));
    }

    [Fact]
    public async Task The_same_content_gives_the_version_it_has_and_the_first_record()
    {
        using var folder = new TemporaryFolder();
        await using var store = Open(folder);
        var (first, _) = await AddModelAsync(store, "a", "1", note: "first");
        await AddModelAsync(store, "a", "2");
        var (again, added) = await AddModelAsync(store, "a", "1", note: "again");
        Assert.False(added);
        Assert.Equal(first, again);
        Assert.Equal(2, (await store.ModelsAsync("a", default)).Count);
    }

    [Fact]
    public async Task A_record_comes_back_equal_after_the_store_was_closed()
    {
        using var folder = new TemporaryFolder();
        ModelVersion kept;
        await using (var store = Open(folder))
            (kept, _) = await AddModelAsync(store, "a", "1", note: "äöü \" \n 保険");
        await using var reopened = Open(folder);
        Assert.Equal(kept, Assert.Single(await reopened.ModelsAsync("a", default)));
    }

    [Fact]
    public async Task Two_stores_over_one_place_number_versions_together()
    {
        using var folder = new TemporaryFolder();
        await using var one = Open(folder);
        await using var other = Open(folder);
        await Task.WhenAll(
            Enumerable.Range(0, 40).Select(i => Task.Run(() => AddModelAsync(i % 2 == 0 ? one : other, "a", i.ToString())))
        );
        Assert.Equal(Enumerable.Range(1, 40), (await one.ModelsAsync("a", default)).Select(model => model.Id.Version));
    }

    [Fact]
    public async Task A_change_is_taken_only_as_the_next_revision()
    {
        using var folder = new TemporaryFolder();
        await using var store = Open(folder);
        Assert.False(await store.TryAddChangeAsync(Change("production", "quote", 2), default));
        Assert.True(await store.TryAddChangeAsync(Change("production", "quote", 1), default));
        Assert.False(await store.TryAddChangeAsync(Change("production", "quote", 1), default));
        Assert.True(await store.TryAddChangeAsync(Change("staging", "quote", 1), default));
        Assert.True(await store.TryAddChangeAsync(Change("production", "quote", 2), default));
        Assert.Equal([1, 2], (await store.ChangesAsync("production", "quote", default)).Select(change => change.Revision));
    }

    [Fact]
    public async Task Of_many_who_change_at_once_exactly_one_wins()
    {
        using var folder = new TemporaryFolder();
        await using var one = Open(folder);
        await using var other = Open(folder);
        var taken = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(i =>
                    Task.Run(() => (i % 2 == 0 ? one : other).TryAddChangeAsync(Change("production", "quote", 1), default))
                )
        );
        Assert.Single(taken, won => won);
        Assert.Single(await one.ChangesAsync(null, null, default));
    }

    [Fact]
    public async Task The_last_change_of_each_decision_is_what_is_live()
    {
        using var folder = new TemporaryFolder();
        await using var store = Open(folder);
        foreach (var (decision, revision) in new[] { ("quote", 1), ("triage", 1), ("quote", 2) })
            await store.TryAddChangeAsync(Change("production", decision, revision), default);
        await store.TryAddChangeAsync(Change("staging", "quote", 1), default);
        var last = await store.LastChangesAsync("production", default);
        Assert.Equal([("quote", 2L), ("triage", 1L)], last.Select(change => (change.Decision, change.Revision)));
    }

    [Fact]
    public async Task The_count_of_changes_grows_with_each_change_and_is_seen_by_others()
    {
        using var folder = new TemporaryFolder();
        await using var one = Open(folder);
        await using var other = Open(folder);
        var before = await other.ChangeCountAsync(default);
        await one.TryAddChangeAsync(Change("production", "quote", 1), default);
        Assert.True(await other.ChangeCountAsync(default) > before);
    }

    [Fact]
    public async Task A_change_with_arms_comes_back_as_it_was()
    {
        using var folder = new TemporaryFolder();
        await using var store = Open(folder);
        var arms = new LiveArms
        {
            Champion = new("quote", 1),
            Challengers = [new(new("quote", 2), [new(0, 100), new(500, 510)])],
            Shadows = [new("quote", 3)],
            Experiment = 4,
        };
        await store.TryAddChangeAsync(Change("production", "quote", 1) with { Arms = arms }, default);
        var read = Assert.Single(await store.ChangesAsync("production", null, default)).Arms;
        Assert.Equal(arms.Champion, read.Champion);
        Assert.Equal(arms.Shadows, read.Shadows);
        Assert.Equal(arms.Experiment, read.Experiment);
        Assert.Equal([new(0, 100), new(500, 510)], Assert.Single(read.Challengers).Buckets);
    }

    [Fact]
    public async Task Aliases_gates_requests_and_approvals_come_back_in_order()
    {
        using var folder = new TemporaryFolder();
        await using var store = Open(folder);
        await store.AddAliasAsync(new("champion", new("a", 1), Alice, Now, "first"), default);
        await store.AddAliasAsync(new("champion", new("a", 2), Alice, Now, "second"), default);
        Assert.Equal(["first", "second"], (await store.AliasesAsync("a", default)).Select(change => change.Why));
        Assert.Empty(await store.AliasesAsync("b", default));

        var gates = new GateSet { Environment = "production", Gates = [new ShadowGate { Name = "shadow", Minimum = 10 }] };
        await store.AddGatesAsync(new(gates, gates.Hash(), Alice, Now, "why"), default);
        Assert.Equal(gates.Hash(), Assert.Single(await store.GatesAsync("production", default)).Set.Hash());

        var request = Request("1", gates);
        await store.AddRequestAsync(request, default);
        var read = await store.FindRequestAsync("1", default);
        Assert.Equal(PromotionSubject.Hash(request), PromotionSubject.Hash(read!));
        Assert.Null(await store.FindRequestAsync("2", default));
        Assert.Single(await store.RequestsAsync("production", default));

        await store.AddApprovalAsync(new("1", request.Subject, new("bob", true), Now, "seen"), default);
        Assert.True(Assert.Single(await store.ApprovalsAsync("1", default)).By.IsVerified);
    }

    static Task<(ModelVersion Version, bool Added)> AddModelAsync(
        IRegistryStore store,
        string name,
        string content,
        string note = ""
    )
    {
        var hash = ContentHash.Of(System.Text.Encoding.UTF8.GetBytes(content));
        return store.AddModelAsync(
            name,
            hash,
            id =>
                new()
                {
                    Id = id,
                    Hash = hash,
                    SizeBytes = content.Length,
                    By = Alice,
                    At = Now,
                    Note = note,
                },
            default
        );
    }

    private protected static EnvironmentChange Change(string environment, string decision, long revision) =>
        new()
        {
            Environment = environment,
            Decision = decision,
            Revision = revision,
            Kind = ChangeKind.Promote,
            Release = new(decision, 1),
            Role = ReleaseRole.Champion,
            By = Alice,
            At = Now,
            Why = "test",
            Arms = new() { Champion = new(decision, 1) },
        };

    static PromotionRequest Request(string id, GateSet gates) =>
        new()
        {
            Id = id,
            Draft = Desk.Draft(new("quote", 1)),
            At = Now,
            ReleaseHash = ContentHash.Of([1]),
            Gates = gates,
            Report = new(
                [gates.Gates[0].Judge(null)],
                [
                    new ShadowEvidence
                    {
                        Gate = "shadow",
                        Decisions = 3,
                        Errors = 1,
                    },
                ]
            ),
            BaseRevision = 0,
            Subject = ContentHash.Of([2]),
        };
}
