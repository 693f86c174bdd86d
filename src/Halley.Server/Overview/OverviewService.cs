using Halley.Data;
using Halley.Registry;

namespace Halley.Server;

/// <summary>Gathers the overview. Live state and traffic are of the moment; value and environments are renewed every few seconds.</summary>
sealed partial class OverviewService(
    LocalStore store,
    LiveRoutes routes,
    Traffic traffic,
    ShadowTally tally,
    ShadowRunner shadows,
    ServerOptions options,
    TimeProvider clock,
    ILogger<OverviewService> logger
) : BackgroundService
{
    const int Latest = 20;
    static readonly TimeSpan Renewal = TimeSpan.FromSeconds(5);

    // A renewal reads the whole log: a longer log is read less often, so that this takes a twentieth of one core at most.
    const int RestPerWork = 20;

    volatile Renewed renewed = new([], [], [], [], []);

    public IReadOnlyList<ExperimentView> Experiments => renewed.Experiments;

    public IReadOnlyList<CanaryView> Canaries => renewed.Canaries;

    public async Task<OverviewView> ViewAsync(CancellationToken cancellation)
    {
        var latest = new List<DecisionView>(Latest);
        var query = new LogQuery
        {
            Environment = options.Environment,
            Descending = true,
            Limit = Latest,
        };
        await foreach (var record in store.LogReader.DecisionsAsync(query, cancellation))
            latest.Add(DecisionViews.Of(record));
        var state = renewed;
        return new(
            options.Environment,
            options.Simulated,
            routes.Problem,
            state.Environments,
            traffic.View(shadows.LeftOut),
            tally.Lines(),
            // Ids are in the order of milliseconds only.
            [.. latest.OrderByDescending(decision => decision.Time)],
            state.Value,
            state.ValueNotes,
            state.Experiments,
            state.Canaries
        );
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var started = clock.GetTimestamp();
            try
            {
                var reports = await ValueAsync(stoppingToken);
                renewed = new(
                    await EnvironmentsAsync(stoppingToken),
                    [.. reports.SelectMany(report => report.Lines.Select(line => View(report.Decision, line)))],
                    [.. reports.SelectMany(report => report.Notes), .. Unvalued()],
                    await TrialViews.ExperimentsAsync(store, options.Environment, clock.GetUtcNow(), stoppingToken),
                    await TrialViews.CanariesAsync(store, options.Environment, stoppingToken)
                );
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                // The page shows what was known before; a worker that ends would end the server.
                Log.NotRenewed(logger, (problem as HalleyException)?.Code ?? "unknown", problem);
            }
            var rest = RestPerWork * clock.GetElapsedTime(started);
            await Task.Delay(rest > Renewal ? rest : Renewal, clock, stoppingToken);
        }
    }

    /// <summary>All environments, in the order in which they were first used.</summary>
    async Task<IReadOnlyList<EnvironmentView>> EnvironmentsAsync(CancellationToken cancellation)
    {
        var history = await store.Registry.HistoryAsync(null, null, cancellation);
        var views = new List<EnvironmentView>();
        foreach (var name in history.Select(change => change.Environment).Distinct())
        {
            var live = await store.Registry.LiveAsync(name, cancellation);
            views.Add(new(name, [.. live.Where(decision => decision.Arms.Champion is not null).Select(View)]));
        }
        return views;
    }

    static LiveView View(LiveDecision live) =>
        new(
            live.Decision,
            live.Since,
            new(live.Arms.Champion.ToString()!, live.Arms.ChampionShare),
            [.. live.Arms.Challengers.Select(arm => new ArmView(arm.Release.ToString(), arm.Share))],
            [.. live.Arms.Shadows.Select(shadow => new ArmView(shadow.ToString(), null))]
        );

    async Task<IReadOnlyList<ValueReport>> ValueAsync(CancellationToken cancellation)
    {
        var reports = new List<ValueReport>();
        foreach (var route in routes.All)
        {
            if (!route.Champion.Tables.TryGetValue(ValueDefinitionJson.TableName, out var json))
                continue;
            var definition = ValueDefinitionJson.Read(json.Span, $"release '{route.Champion.Release.Id}'");
            var query = new ValueQuery { Environment = options.Environment, AsOf = clock.GetUtcNow() };
            reports.Add(await ValueCalculator.ComputeAsync(store.LogReader, definition, query, cancellation));
        }
        return reports;
    }

    /// <summary>A release holds the value definition that it was made with; one made without says so.</summary>
    IEnumerable<string> Unvalued() =>
        routes
            .All.Where(route => !route.Champion.Tables.ContainsKey(ValueDefinitionJson.TableName))
            .Select(route =>
                $"{route.Champion.Release.Id} was released without a value definition, so what it earned is not shown. Write value.yaml and release again, or see 'halley value'."
            );

    static ValueView View(string decision, ValueLine line) =>
        new(
            decision,
            line.Release.ToString(),
            line.Against.ToString(),
            line.Grade switch
            {
                ValueGrade.RandomisedArm => "randomised arm",
                ValueGrade.ShadowPair => "shadow pair",
                _ => "before and after",
            },
            line.Currency,
            line.Value,
            Finite(line.Lower),
            Finite(line.Upper),
            $"a {line.Per}",
            line.IsKnown,
            line.Sentence,
            line.Assumption,
            line.Measured,
            line.Simulated,
            line.Decisions
        );

    static double? Finite(double value) => double.IsFinite(value) ? value : null;

    sealed record Renewed(
        IReadOnlyList<EnvironmentView> Environments,
        IReadOnlyList<ValueView> Value,
        IReadOnlyList<string> ValueNotes,
        IReadOnlyList<ExperimentView> Experiments,
        IReadOnlyList<CanaryView> Canaries
    );

    static partial class Log
    {
        [LoggerMessage(6201, LogLevel.Warning, "The overview could not be renewed ({Code})")]
        public static partial void NotRenewed(ILogger logger, string code, Exception problem);
    }
}
