using System.Collections.Frozen;
using Halley.Data;
using Halley.Decisions;
using Halley.Registry;

namespace Halley.Server;

/// <summary>What is live, swapped as a whole: a request sees the state before a promotion or after it, never half of it.</summary>
sealed partial class LiveRoutes(
    ReleaseRegistry registry,
    ReleaseLoader loader,
    ServerOptions options,
    TimeProvider clock,
    ILogger<LiveRoutes> logger
) : BackgroundService
{
    volatile FrozenDictionary<string, LiveRoute> routes = FrozenDictionary<string, LiveRoute>.Empty;
    long changeCount = -1;

    /// <summary>Whether the registry was read at least once.</summary>
    public bool IsReady => Volatile.Read(ref changeCount) >= 0;

    /// <summary>Why the newest state of the registry is not live here; null where it is.</summary>
    public string? Problem { get; private set; }

    public IEnumerable<LiveRoute> All => routes.Values;

    /// <summary>The state as it is now; another object after each promotion.</summary>
    public FrozenDictionary<string, LiveRoute> Current => routes;

    public LiveRoute? Find(string decision) => routes.GetValueOrDefault(decision);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Refresh, clock);
        do
        {
            await RefreshAsync(stoppingToken);
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Reads the registry where it changed. A state that can't be compiled leaves the one before in place.</summary>
    public async Task RefreshAsync(CancellationToken cancellation)
    {
        try
        {
            var count = await registry.ChangeCountAsync(cancellation);
            if (count == Volatile.Read(ref changeCount))
                return;
            routes = await ReadAsync(cancellation);
            Volatile.Write(ref changeCount, count);
            Problem = null;
            Log.Live(
                logger,
                options.Environment,
                string.Join(", ", routes.Values.Select(route => $"{route.Live.Arms.Champion}"))
            );
        }
        catch (HalleyException problem)
        {
            Problem = problem.Message;
            Log.NotLive(logger, problem.Code, problem);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            // Whatever it is, what was live before goes on answering: a worker that ends would end the server.
            Problem = $"{problem.GetType().Name}: {problem.Message}";
            Log.NotLive(logger, "unknown", problem);
        }
    }

    async Task<FrozenDictionary<string, LiveRoute>> ReadAsync(CancellationToken cancellation)
    {
        var read = new Dictionary<string, LiveRoute>(StringComparer.Ordinal);
        foreach (var live in await registry.LiveAsync(options.Environment, cancellation))
        {
            if (live.Arms.Champion is not { } champion)
                continue;
            var previous = await PreviousAsync(live, champion, cancellation);
            var engines = new Dictionary<VersionId, DecisionEngine>();
            var answering = live
                .Arms.Challengers.Select(arm => arm.Release)
                .Concat(live.Arms.Timetable.Select(entry => entry.Release))
                .Concat(live.Arms.Served)
                .Append(champion);
            foreach (var release in answering.Distinct())
                engines[release] = Engine(await loader.LoadAsync(release, cancellation), live.Arms, previous);
            foreach (var shadow in live.Arms.Shadows)
                await AddShadowAsync(engines, shadow, live.Arms, cancellation);
            var loaded = await loader.LoadAsync(champion, cancellation);
            async Task<DecisionEngine> LoadAsync(VersionId release, CancellationToken token) =>
                Engine(await loader.LoadAsync(release, token), live.Arms, previous: null);
            read[live.Decision] = new(live, new(options.Environment, live.Decision, live.Arms), engines, loaded, LoadAsync);
        }
        return read.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The champion before the present one, for fallback chains that name it; null where there was none.</summary>
    async Task<DecisionEngine?> PreviousAsync(LiveDecision live, VersionId champion, CancellationToken cancellation)
    {
        var history = await registry.HistoryAsync(options.Environment, live.Decision, cancellation);
        var before = history
            .Select(change => change.Arms.Champion)
            .LastOrDefault(release => release is not null && release != champion);
        return before is { } previous ? Engine(await loader.LoadAsync(previous, cancellation), live.Arms, previous: null) : null;
    }

    /// <summary>A release's engine; one that uses a stopped model answers by its fallback chain.</summary>
    static DecisionEngine Engine(LoadedRelease loaded, LiveArms arms, DecisionEngine? previous)
    {
        var stop = loaded
            .Release.Models.SelectMany(model =>
                arms.Stopped.Where(one => one.Stops(model.Version)).Select(one => (model.Version, one))
            )
            .FirstOrDefault();
        var failure = stop.one is null
            ? null
            : new DecisionFailure($"model {stop.Version}", $"it was stopped by {stop.one.By.Name}: {stop.one.Why}");
        return new(loaded.Plan, previous, stopped: failure);
    }

    /// <summary>A shadow that can't be compiled is left out and logged: it must never keep the champion from answering.</summary>
    async Task AddShadowAsync(
        Dictionary<VersionId, DecisionEngine> engines,
        VersionId shadow,
        LiveArms arms,
        CancellationToken cancellation
    )
    {
        try
        {
            engines.TryAdd(shadow, Engine(await loader.LoadAsync(shadow, cancellation), arms, previous: null));
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            Log.ShadowLeftOut(logger, shadow.ToString(), (problem as HalleyException)?.Code ?? "unknown", problem);
        }
    }

    static partial class Log
    {
        [LoggerMessage(6001, LogLevel.Information, "Live in '{Environment}': {Releases}")]
        public static partial void Live(ILogger logger, string environment, string releases);

        [LoggerMessage(6002, LogLevel.Error, "The registry's newest state is not live here ({Code})")]
        public static partial void NotLive(ILogger logger, string code, Exception problem);

        [LoggerMessage(6003, LogLevel.Warning, "Shadow {Release} is left out ({Code})")]
        public static partial void ShadowLeftOut(ILogger logger, string release, string code, Exception problem);
    }
}
