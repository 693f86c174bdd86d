using System.Globalization;
using Halley.Data;
using Halley.Decisions;
using Halley.Models;
using Halley.Registry;
using Halley.Server;
using Halley.Workbench;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace Halley.Cli;

/// <summary>The demo's driver: one step after the other, each by the same parts that the verbs use.</summary>
sealed class DemoRun(DemoOptions options, CommandContext context) : IAsyncDisposable
{
    const string Author = "demo author";
    const string Approver = "demo approver";

    readonly IDemoSource source = options.Data is { } data ? new TableSource(data, options) : new GeneratedSource(options);
    readonly long started = context.Clock.GetTimestamp();
    readonly List<FitReport> fits = [];
    readonly List<DemoModel> models = [];
    readonly List<string> reports = [];
    readonly List<DemoRefusal> refused = [];
    DemoFolder? folder;
    WebApplication? live;

    CancellationToken Cancellation => context.Cancellation;

    public async Task<DemoSummary> RunAsync()
    {
        // 1. A project: specs, and data that are generated or the user's own.
        folder = DemoFolder.Take(options.Folder, options.Data);
        source.Fill(options.Folder, context);
        var project = new Project(options.Folder, source.Clock);
        var leftOut = LeftOut.RemoveFrom(project);
        foreach (var one in leftOut)
            Say($"{one.Kind} {one.Name} is left out: {one.Reason}");
        if (project.ModelFiles().Count == 0)
            throw new HalleyException(
                "HLY7038",
                "the data feed none of the models. Give columns the models' names under 'rename' in data.yaml, or start with 'halley init DIR --data FILE'."
            );
        var pairs = ModelPair.Of(project);
        IReadOnlyList<VersionId> champions = [];
        IReadOnlyList<VersionId> challengers = [];
        var store = project.OpenStore();
        await using (store)
        {
            // 2. The models, a GLM and boosted trees for each target, compared on rows that neither learned from.
            await FitAsync(project, store, pairs);
            Compare(project, pairs);
            // 3. The champion's release, through its gates to production. One that they refuse goes no further.
            champions = await ReleaseAsync(
                project,
                store,
                "first release",
                Definitions(project),
                new Dictionary<string, string>()
            );
            foreach (var environment in (string[])["dev", "staging", "production"])
                champions = await PromoteAsync(project, store, champions, environment, ReleaseRole.Champion, 0);
            if (champions.Count == 0)
                return Summary(project, leftOut, [], [], [], []);
            // 4. The challenger, in staging's shadow first.
            challengers = await ReleaseAsync(
                project,
                store,
                "second release: every model challenged",
                Definitions(project, champions),
                Challengers(pairs)
            );
            challengers = await PromoteAsync(project, store, challengers, "dev", ReleaseRole.Champion, 0);
            challengers = await PromoteAsync(project, store, challengers, "staging", ReleaseRole.Shadow, 0);
        }
        var decisions = Definitions(project, champions);
        var staging = await PlayStagingAsync(project, source.Staging(project, decisions));
        // 5. With the shadow's evidence, through production's gates; a third release runs as production's shadow.
        store = project.OpenStore();
        await using (store)
        {
            await PromoteAsync(project, store, challengers, "production", ReleaseRole.Challenger, 0.5);
            var first = decisions.Select(decision => decision.Models[0].Alias).ToHashSet(StringComparer.Ordinal);
            var note = "third release: the first model challenged";
            var thirds = await ReleaseAsync(project, store, note, decisions, Challengers(pairs), first.Contains);
            await PromoteAsync(project, store, thirds, "production", ReleaseRole.Shadow, 0);
        }
        // 6. Live: a stream of requests, with outcomes.
        var played = await PlayLiveAsync(project, source.Live(project, decisions));
        // 7. What was decided, how shadows differ, and what each release earned, from log and outcomes alone.
        var (values, lacking) = await ValueAsync(project, played);
        return Summary(project, leftOut, played, [.. staging, .. Shadows(live!, "production")], values, lacking);
    }

    /// <summary>The project's decisions; of those released where <paramref name="releases"/> are given.</summary>
    static IReadOnlyList<DecisionDefinition> Definitions(Project project, IReadOnlyList<VersionId>? releases = null) =>
        [
            .. project
                .DecisionFiles()
                .Select(Specs.SpecFiles.Decision.Read)
                .Where(decision => releases?.Any(release => release.Name == decision.Name) != false),
        ];

    /// <summary>Waits until the user stops the server.</summary>
    public Task WaitAsync() => live is null ? Task.CompletedTask : live.WaitForShutdownAsync(Cancellation);

    /// <summary>The challenger's reference by its champion's.</summary>
    static Dictionary<string, string> Challengers(IReadOnlyList<ModelPair> pairs) =>
        pairs
            .Where(pair => pair.Challenger is not null)
            .ToDictionary(
                pair => $"{pair.Champion.Spec.Name}@latest",
                pair => $"{pair.Challenger!.Spec.Name}@latest",
                StringComparer.Ordinal
            );

    async Task FitAsync(Project project, LocalStore store, IReadOnlyList<ModelPair> pairs)
    {
        foreach (var file in pairs.SelectMany(pair => pair.Models))
        {
            Say($"fitting {file.Spec.Name}");
            fits.Add(
                await context.WithProgressAsync(
                    $"fit {file.Spec.Name}",
                    progress => ModelFitting.FitAsync(project, file, store, "demo", progress, Cancellation)
                )
            );
        }
    }

    void Compare(Project project, IReadOnlyList<ModelPair> pairs)
    {
        foreach (var pair in pairs)
        {
            Say($"comparing the models of {pair.Target}");
            FittedModel[] both = [.. pair.Models.Select(file => project.ReadModel(file.Spec.Name))];
            var page = Path.Combine(options.Folder, "reports", pair.Target.Replace(' ', '-') + ".html");
            var comparison = context.WithProgress(
                $"compare {pair.Target}",
                progress => ReportVerb.Write(project, both, pair.Champion.Data, page, progress, Cancellation)
            );
            reports.Add(page);
            foreach (var compared in comparison?.Models ?? [])
            {
                models.Add(
                    new(
                        pair.Target,
                        compared.Model,
                        compared.Learner,
                        project.IsSimulated(pair.Champion.Data),
                        compared.Metrics.FirstOrDefault(metric => metric.Name == "deviance")?.Value,
                        compared.Gini,
                        compared.ActualExpected,
                        compared.AgainstFirst?.Deviance,
                        fits.First(fit => fit.Model == compared.Model).Seconds
                    )
                );
            }
        }
    }

    async Task<IReadOnlyList<VersionId>> ReleaseAsync(
        Project project,
        LocalStore store,
        string note,
        IReadOnlyList<DecisionDefinition> decisions,
        IReadOnlyDictionary<string, string> challengers,
        Func<string, bool>? replaced = null
    )
    {
        var made = new List<VersionId>();
        foreach (var definition in decisions)
        {
            var uses = definition
                .Models.Where(model => challengers.ContainsKey(model.Reference) && replaced?.Invoke(model.Alias) != false)
                .ToDictionary(model => model.Alias, model => challengers[model.Reference], StringComparer.Ordinal);
            // A decision none of whose models has a challenger has nothing new to release.
            if (challengers.Count > 0 && uses.Count == 0)
                continue;
            var (release, isNew) = await Releasing.ReleaseAsync(project, store, definition.Name, uses, note, null, Cancellation);
            if (!isNew)
                continue;
            Say($"released {release.Id}: {note}");
            made.Add(release.Id);
        }
        return made;
    }

    /// <summary>Promotes releases; one that a gate refuses stays where it is, and the demo tells so.</summary>
    /// <returns>Those that were promoted.</returns>
    async Task<IReadOnlyList<VersionId>> PromoteAsync(
        Project project,
        LocalStore store,
        IReadOnlyList<VersionId> releases,
        string environment,
        ReleaseRole role,
        double share
    )
    {
        var promoted = new List<VersionId>();
        foreach (var release in releases)
        {
            var place = $"{role.ToString().ToLowerInvariant()} in {environment}";
            try
            {
                var request = await PromoteAsync(project, store, release, environment, role, share);
                Say($"{release} is {place}: {request.Gates.For(role).Count()} gates passed");
                promoted.Add(release);
            }
            catch (HalleyException refusal) when (refusal.Kind == FaultKind.CheckFailed)
            {
                Say($"{release} does not become {place}: {refusal.Message}");
                refused.Add(new(release.ToString(), environment, role.ToString().ToLowerInvariant(), refusal.Message));
            }
        }
        return promoted;
    }

    async Task<PromotionRequest> PromoteAsync(
        Project project,
        LocalStore store,
        VersionId release,
        string environment,
        ReleaseRole role,
        double share
    )
    {
        var by = Actor.Unverified(Author);
        await Gating.SetGatesAsync(project, store, environment, by, Cancellation);
        var draft = new PromotionDraft
        {
            Environment = environment,
            Release = release,
            Role = role,
            Share = share,
            By = by,
            Why = "the demo's road",
        };
        var portfolio = DecisionTables.Find(project, Definitions(project, [release])[0]).Table;
        var request = await store.Registry.RequestAsync(draft, Gating.Evaluator(project, store, portfolio), Cancellation);
        if (request.Gates.For(role).OfType<ApprovalGate>().Any())
            await store.Registry.ApproveAsync(request.Id, Actor.Unverified(Approver), "looked at the evidence", Cancellation);
        await store.Registry.CompleteAsync(request.Id, Cancellation);
        return request;
    }

    async Task<IReadOnlyList<DemoShadow>> PlayStagingAsync(Project project, IReadOnlyList<LiveEvent> events)
    {
        Say($"playing {Counted(events)} in staging, with the challenger as shadow");
        await using var server = await StartAsync(project, "staging", "http://127.0.0.1:0");
        using var player = new StreamPlayer(server.Urls.First(), source.Clock);
        await context.WithProgressAsync("staging", progress => player.PlayAsync(events, progress, Cancellation));
        await server.StopAsync(Cancellation);
        return Shadows(server, "staging");
    }

    async Task<IReadOnlyList<PlayedEvent>> PlayLiveAsync(Project project, IReadOnlyList<LiveEvent> events)
    {
        Say($"serving production at {options.Address}; playing {Counted(events)} against it, with outcomes");
        live = await StartAsync(project, "production", options.Address);
        using var player = new StreamPlayer(live.Urls.First(), source.Clock);
        var played = await context.WithProgressAsync("live", progress => player.PlayAsync(events, progress, Cancellation));
        await DecisionServer.ShadowsDoneAsync(live, Cancellation);
        source.Clock.End();
        return played;
    }

    static string Counted(IReadOnlyList<LiveEvent> events) =>
        string.Join(
            ", ",
            events
                .CountBy(one => one.Decision)
                .OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Value:N0} requests for {pair.Key}"))
        );

    async Task<WebApplication> StartAsync(Project project, string environment, string address)
    {
        var settings = new ServerOptions
        {
            Store = project.StoreFolder,
            Places = project.StorePlaces,
            Environment = environment,
            Address = address,
            Simulated = project.Tables.Definition.Tables.Any(table => table.Simulated),
        };
        var server = DecisionServer.Build(settings, source.Clock, pages => pages.MapWorkbench());
        await server.StartAsync(Cancellation);
        await DecisionServer.ReadyAsync(server, Cancellation);
        return server;
    }

    static IReadOnlyList<DemoShadow> Shadows(WebApplication server, string environment) =>
        [
            .. DecisionServer
                .Shadows(server)
                .Select(line => new DemoShadow(
                    environment,
                    line.Decision,
                    line.Champion,
                    line.Shadow,
                    line.Compared,
                    line.Differ,
                    line.Errors,
                    line.Output,
                    line.TypicalDifference
                )),
        ];

    async Task<(IReadOnlyList<DemoValue> Values, IReadOnlyList<string> Lacking)> ValueAsync(
        Project project,
        IReadOnlyList<PlayedEvent> played
    )
    {
        if (!File.Exists(Path.Combine(options.Folder, "value.yaml")))
            return ([], ["What releases earned is not known: the project has no value.yaml that says what a decision is worth."]);
        await using var store = project.OpenStore();
        var (values, lacking) = (new List<DemoValue>(), new List<string>());
        foreach (var report in await ValueVerb.ReportsAsync(project, store, "production", null, null, null, Cancellation))
        {
            var simulated = played.Select(one => one.Event).OfType<SimulatedEvent>();
            var truth = new DemoTruth(
                new(store.Registry, store.Artefacts),
                [.. simulated.Where(one => one.Decision == report.Decision)]
            );
            foreach (var line in report.Lines)
                values.Add(Value(report, line, await truth.DifferenceAsync(line, Cancellation)));
            lacking.AddRange(report.Notes);
        }
        return (values, lacking);
    }

    DemoSummary Summary(
        Project project,
        IReadOnlyList<LeftOut> leftOut,
        IReadOnlyList<PlayedEvent> played,
        IReadOnlyList<DemoShadow> shadows,
        IReadOnlyList<DemoValue> values,
        IReadOnlyList<string> lacking
    ) =>
        new()
        {
            Simulated = project.Tables.Definition.Tables.Any(table => table.Simulated),
            Data = options.Data,
            Policies = options.Data is null ? options.Policies : null,
            Seed = options.Data is null ? options.Seed : null,
            Seconds = context.Clock.GetElapsedTime(started).TotalSeconds,
            LeftOut = leftOut,
            Models = models,
            Refused = refused,
            Decisions = DemoDecisions.Of(played),
            Shadow = shadows,
            Value = values,
            Lacking = lacking,
            Reports = reports,
            Project = options.Folder,
            Page = live is null ? null : options.Address,
        };

    static DemoValue Value(ValueReport report, ValueLine line, double? truth)
    {
        double? Finite(double value) => double.IsFinite(value) ? value : null;
        return new(
            report.Environment,
            report.Decision,
            ValueVerb.Grade(line.Grade),
            line.Release.ToString(),
            line.Against.ToString(),
            line.Currency,
            line.Value,
            Finite(line.Lower),
            Finite(line.Upper),
            truth,
            truth is { } known && double.IsFinite(line.Lower) ? line.Lower <= known && known <= line.Upper : null,
            line.IsKnown,
            line.Sentence,
            line.Decisions
        );
    }

    void Say(string message) => context.Output.Say("• " + message);

    public async ValueTask DisposeAsync()
    {
        if (live is not null)
        {
            await live.StopAsync(CancellationToken.None);
            await live.DisposeAsync();
        }
        folder?.Dispose();
    }
}
