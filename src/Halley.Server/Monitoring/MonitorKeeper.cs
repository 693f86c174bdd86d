using System.Diagnostics.Metrics;
using Halley.Data;
using Halley.Registry;

namespace Halley.Server;

/// <summary>Looks at every live champion that was released with a monitor plan, and keeps what is an alarm for the first time.</summary>
sealed partial class MonitorKeeper : BackgroundService
{
    // A look reads the whole log: a longer log is read less often, so that this takes a twentieth of one core at most.
    const int RestPerWork = 20;

    readonly LocalStore store;
    readonly LiveRoutes routes;
    readonly ServerOptions options;
    readonly TimeProvider clock;
    readonly ILogger<MonitorKeeper> logger;
    volatile IReadOnlyList<MonitorReport> reports = [];

    public MonitorKeeper(
        LocalStore store,
        LiveRoutes routes,
        ServerOptions options,
        TimeProvider clock,
        IMeterFactory meters,
        ILogger<MonitorKeeper> logger
    )
    {
        (this.store, this.routes, this.options, this.clock, this.logger) = (store, routes, options, clock, logger);
        var meter = meters.Create(Traffic.MeterName);
        meter.CreateObservableGauge("halley.monitor.alarms", Alarms, description: "Alarms of a live release's monitor.");
        meter.CreateObservableGauge(
            "halley.monitor.drift.index",
            Drift,
            description: "Stability index of a field, of the whole book."
        );
        meter.CreateObservableGauge(
            "halley.monitor.actual.expected",
            Ratios,
            description: "Actual over expected by now, of the whole book."
        );
    }

    /// <summary>What the last look found.</summary>
    public IReadOnlyList<MonitorReport> Reports => reports;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!routes.IsReady)
            await Task.Delay(options.Refresh, clock, stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            var started = clock.GetTimestamp();
            await LookAsync(stoppingToken);
            var rest = RestPerWork * clock.GetElapsedTime(started);
            await Task.Delay(rest > options.Monitoring.Check ? rest : options.Monitoring.Check, clock, stoppingToken);
        }
    }

    /// <summary>One look; a fault of the store is told and the next look comes.</summary>
    async Task LookAsync(CancellationToken cancellation)
    {
        try
        {
            var found = new List<MonitorReport>();
            string? webhook = null;
            foreach (var route in routes.All)
            {
                if (!route.Champion.Tables.TryGetValue(MonitorPlanJson.TableName, out var json))
                    continue;
                var plan = MonitorPlanJson.Read(json.Span, $"release '{route.Champion.Release.Id}'");
                webhook ??= plan.Webhook;
                var report = await MonitorReader.ReadAsync(
                    store.LogReader,
                    plan,
                    route.Champion,
                    options.Environment,
                    clock.GetUtcNow(),
                    cancellation: cancellation
                );
                found.Add(report);
                Told(await store.Registry.RaiseAsync(report, plan.Webhook, cancellation));
            }
            reports = found;
            Told(await store.Registry.RaiseOverdueAsync(options.Environment, webhook, cancellation));
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            Log.NotLooked(logger, (problem as HalleyException)?.Code ?? "unknown", problem);
        }
    }

    void Told(IReadOnlyList<MonitorAlert> alerts)
    {
        foreach (var alert in alerts)
            Log.Alarm(logger, alert.Subject, alert.Sentence);
    }

    IEnumerable<Measurement<int>> Alarms() =>
        reports.Select(report => new Measurement<int>(report.Alarms.Count, Tag("decision", report.Decision)));

    IEnumerable<Measurement<double>> Drift() =>
        reports.SelectMany(report =>
            report
                .Slices[0]
                .Drift.Select(line => new Measurement<double>(
                    line.Index,
                    Tag("decision", report.Decision),
                    Tag("field", line.Field)
                ))
        );

    IEnumerable<Measurement<double>> Ratios() =>
        reports.SelectMany(report =>
            report
                .Slices[0]
                .Lines.Select(line => new Measurement<double>(
                    line.Ratio,
                    Tag("decision", report.Decision),
                    Tag("line", line.Name)
                ))
        );

    static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);

    static partial class Log
    {
        [LoggerMessage(6701, LogLevel.Error, "Alarm of {Subject}: {Sentence}")]
        public static partial void Alarm(ILogger logger, string subject, string sentence);

        [LoggerMessage(6702, LogLevel.Warning, "The monitor could not look ({Code})")]
        public static partial void NotLooked(ILogger logger, string code, Exception problem);
    }
}
