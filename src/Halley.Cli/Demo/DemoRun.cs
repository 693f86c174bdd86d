using Halley.Data;
using Halley.Models;
using Halley.Registry;
using Halley.Server;
using Halley.Sources.Generation;
using Halley.Workbench;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace Halley.Cli;

/// <summary>The demo's driver: one step after the other, each by the same parts that the verbs use.</summary>
sealed class DemoRun(DemoOptions options, CommandContext context) : IAsyncDisposable
{
    const string Author = "demo author";
    const string Approver = "demo approver";

    static readonly (string Target, string Glm, string Trees)[] Pairs =
    [
        ("claim count", "claim-count-glm", "claim-count-trees"),
        ("claim cost", "claim-cost-glm", "claim-cost-trees"),
        ("pure premium", "risk-price-glm", "risk-price-trees"),
        ("fraud", "fraud-glm", "fraud-trees"),
        ("large claim", "large-claim-glm", "large-claim-trees"),
        ("conversion", "quote-conversion-glm", "quote-conversion-trees"),
    ];

    readonly PortfolioOptions portfolio = new() { Policies = options.Policies, Seed = options.Seed };
    readonly long started = context.Clock.GetTimestamp();
    readonly List<FitReport> fits = [];
    readonly List<DemoModel> models = [];
    readonly List<string> reports = [];
    WebApplication? live;

    CancellationToken Cancellation => context.Cancellation;

    public async Task<DemoSummary> RunAsync()
    {
        // 1. A project with generated data.
        var clock = new StreamClock(new(portfolio.End.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));
        var project = NewProject(clock);
        Say($"generating {options.Policies:N0} policies with claims and quotes, and their known truth");
        context
            .WithProgress("generate", progress => Portfolio.Generate(portfolio, progress, Cancellation))
            .Write(Path.Combine(options.Folder, "data"), cancellation: Cancellation);
        var store = project.OpenStore();
        await using (store)
        {
            // 2. Six models, a GLM and boosted trees for each, compared on rows that neither learned from.
            await FitAsync(project, store);
            Compare(project);
            // 3. The champion's release, through its gates to production.
            var champions = await ReleaseAsync(project, store, "first release: GLMs", new Dictionary<string, string>());
            foreach (var environment in (string[])["dev", "staging", "production"])
                await PromoteAsync(project, store, champions, environment, ReleaseRole.Champion, 0);
            // 4. The challenger, in staging's shadow first.
            var challengers = await ReleaseAsync(project, store, "second release: boosted trees", Challengers);
            await PromoteAsync(project, store, challengers, "dev", ReleaseRole.Champion, 0);
            await PromoteAsync(project, store, challengers, "staging", ReleaseRole.Shadow, 0);
        }
        var stream = new LiveStream(portfolio);
        var staging = await PlayStagingAsync(project, stream, clock);
        // 5. With the shadow's evidence, through production's gates; a third release runs as production's shadow.
        IReadOnlyList<VersionId> thirds;
        store = project.OpenStore();
        await using (store)
        {
            var challengers = await LatestAsync(store);
            await PromoteAsync(project, store, challengers, "production", ReleaseRole.Challenger, 0.5);
            thirds = await ReleaseAsync(project, store, "third release: trees for the first model only", FirstChallenger);
            await PromoteAsync(project, store, thirds, "production", ReleaseRole.Shadow, 0);
        }
        // 6. Live: a stream of quotes and claims, with outcomes.
        var (events, counts) = await PlayLiveAsync(project, stream, clock);
        // 7. What was decided, how shadows differ, and what each release earned, from log and outcomes alone.
        return await SummaryAsync(project, staging, events, counts);
    }

    /// <summary>Waits until the user stops the server.</summary>
    public Task WaitAsync() => live is null ? Task.CompletedTask : live.WaitForShutdownAsync(Cancellation);

    static IReadOnlyDictionary<string, string> Challengers { get; } =
        new Dictionary<string, string>
        {
            ["frequency"] = "claim-count-trees@latest",
            ["cost"] = "claim-cost-trees@latest",
            ["conversion"] = "quote-conversion-trees@latest",
            ["fraud"] = "fraud-trees@latest",
            ["large"] = "large-claim-trees@latest",
        };

    static IReadOnlyDictionary<string, string> FirstChallenger { get; } =
        new Dictionary<string, string> { ["frequency"] = "claim-count-trees@latest", ["fraud"] = "fraud-trees@latest" };

    Project NewProject(StreamClock clock)
    {
        if (Directory.Exists(options.Folder))
        {
            // Only a folder that a demo made is emptied.
            if (
                Directory.EnumerateFileSystemEntries(options.Folder).Any()
                && !File.Exists(Path.Combine(options.Folder, "halley.yaml"))
            )
                throw new HalleyException(
                    "HLY7033",
                    $"the folder '{options.Folder}' holds other files. Name another with --out."
                );
            Directory.Delete(options.Folder, recursive: true);
        }
        SampleProject.WriteTo(options.Folder);
        Directory.CreateDirectory(Path.Combine(options.Folder, "data"));
        return new(options.Folder, clock);
    }

    async Task FitAsync(Project project, LocalStore store)
    {
        foreach (var name in Pairs.SelectMany(pair => (string[])[pair.Glm, pair.Trees]))
        {
            Say($"fitting {name}");
            var file = project.ReadModelFile(name);
            fits.Add(
                await context.WithProgress(
                    $"fit {name}",
                    progress => ModelFitting.FitAsync(project, file, store, "demo", progress, Cancellation)
                )
            );
        }
    }

    void Compare(Project project)
    {
        foreach (var (target, glm, trees) in Pairs)
        {
            Say($"comparing the models of {target}");
            FittedModel[] pair = [project.ReadModel(glm), project.ReadModel(trees)];
            var page = Path.Combine(options.Folder, "reports", glm[..^"-glm".Length] + ".html");
            var comparison = ReportVerb.Write(project, pair, project.ReadModelFile(glm).Data, page, Cancellation)!;
            reports.Add(page);
            foreach (var compared in comparison.Models)
            {
                models.Add(
                    new(
                        target,
                        compared.Model,
                        compared.Learner,
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
        IReadOnlyDictionary<string, string> uses
    )
    {
        var made = new List<VersionId>();
        foreach (var path in project.DecisionFiles())
        {
            var definition = Specs.SpecFiles.Decision.Read(path);
            var own = uses.Where(use => definition.Models.Any(model => model.Alias == use.Key))
                .ToDictionary(StringComparer.Ordinal);
            var (release, _) = await Releasing.ReleaseAsync(project, store, path, own, note, Cancellation);
            Say($"released {release.Id}: {note}");
            made.Add(release.Id);
        }
        return made;
    }

    async Task PromoteAsync(
        Project project,
        LocalStore store,
        IReadOnlyList<VersionId> releases,
        string environment,
        ReleaseRole role,
        double share
    )
    {
        foreach (var release in releases)
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
            // Premium changes are looked at where there are premiums.
            var portfolioTable = release.Name == "motor-quote" ? "quotes" : null;
            var request = await store.Registry.RequestAsync(
                draft,
                Gating.Evaluator(project, store, portfolioTable),
                Cancellation
            );
            if (request.Gates.For(role).OfType<ApprovalGate>().Any())
                await store.Registry.ApproveAsync(request.Id, Actor.Unverified(Approver), "looked at the evidence", Cancellation);
            await store.Registry.CompleteAsync(request.Id, Cancellation);
            Say(
                $"{release} is {role.ToString().ToLowerInvariant()} in {environment}: {request.Gates.For(role).Count()} gates passed"
            );
        }
    }

    async Task<IReadOnlyList<VersionId>> LatestAsync(LocalStore store) =>
        [
            .. (await store.Registry.ReleasesAsync(null, Cancellation))
                .GroupBy(release => release.Decision)
                .Select(group => group.MaxBy(release => release.Id.Version)!.Id),
        ];

    async Task<IReadOnlyList<DemoShadow>> PlayStagingAsync(Project project, LiveStream stream, StreamClock clock)
    {
        Say(
            $"playing {options.StagingEvents} quotes and {options.StagingEvents} claims in staging, with the challenger as shadow"
        );
        await using var server = await StartAsync(project, "staging", "http://127.0.0.1:0", clock);
        using var player = new StreamPlayer(server.Urls.First(), clock);
        var events = Events(stream, "staging-", 0, options.StagingEvents, options.StagingEvents);
        await context.WithProgress("staging", progress => player.PlayAsync(events, progress, Cancellation));
        await server.StopAsync(Cancellation);
        return Shadows(server, "staging");
    }

    async Task<(
        IReadOnlyList<LiveEvent> Events,
        IReadOnlyDictionary<(string Decision, string Action), int> Counts
    )> PlayLiveAsync(Project project, LiveStream stream, StreamClock clock)
    {
        Say(
            $"serving production at {options.Address}; playing {options.Quotes:N0} quotes and {options.Claims:N0} claims against it, with outcomes"
        );
        live = await StartAsync(project, "production", options.Address, clock);
        using var player = new StreamPlayer(live.Urls.First(), clock);
        var events = Events(stream, "", options.StagingEvents, options.Quotes, options.Claims);
        var counts = await context.WithProgress("live", progress => player.PlayAsync(events, progress, Cancellation));
        await DecisionServer.ShadowsDoneAsync(live, Cancellation);
        clock.End();
        return (events, counts);
    }

    /// <summary>Quotes and claims in the order of their time.</summary>
    static IReadOnlyList<LiveEvent> Events(LiveStream stream, string prefix, int first, int quotes, int claims) =>
        [
            .. stream
                .Quotes(first, quotes)
                .Select(quote => (LiveEvent)new QuoteEvent(quote, prefix + "quote-"))
                .Concat(stream.Claims(first, claims).Select(claim => new ClaimEvent(claim, prefix + "claim-")))
                .OrderBy(one => one.At),
        ];

    async Task<WebApplication> StartAsync(Project project, string environment, string address, TimeProvider clock)
    {
        var settings = new ServerOptions
        {
            Store = project.StoreFolder,
            Environment = environment,
            Address = address,
            Simulated = true,
        };
        var server = DecisionServer.Build(settings, clock, pages => pages.MapWorkbench());
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

    async Task<DemoSummary> SummaryAsync(
        Project project,
        IReadOnlyList<DemoShadow> staging,
        IReadOnlyList<LiveEvent> events,
        IReadOnlyDictionary<(string Decision, string Action), int> counts
    )
    {
        await using var store = project.OpenStore();
        var values = new List<DemoValue>();
        foreach (var report in await ValueVerb.ReportsAsync(project, store, "production", null, null, Cancellation))
        {
            var truth = new DemoTruth(
                new(store.Registry, store.Artefacts),
                [.. events.Where(one => one.Decision == report.Decision)]
            );
            foreach (var line in report.Lines)
                values.Add(Value(report, line, await truth.DifferenceAsync(line, Cancellation)));
        }
        return new()
        {
            Policies = options.Policies,
            Seed = options.Seed,
            Seconds = context.Clock.GetElapsedTime(started).TotalSeconds,
            Models = models,
            Decisions = new(
                events.Count,
                [
                    .. counts
                        .OrderBy(pair => pair.Key.Decision, StringComparer.Ordinal)
                        .ThenByDescending(pair => pair.Value)
                        .Select(pair => new DemoCount(pair.Key.Decision, pair.Key.Action, pair.Value)),
                ]
            ),
            Shadow = [.. staging, .. Shadows(live!, "production")],
            Value = values,
            Reports = reports,
            Project = options.Folder,
            Page = options.Address,
        };
    }

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
    }
}
