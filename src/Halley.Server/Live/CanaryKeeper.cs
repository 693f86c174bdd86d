using System.Diagnostics.Metrics;
using Halley.Data;
using Halley.Registry;

namespace Halley.Server;

/// <summary>Looks at the canaries of this server's environment every few seconds. Every server has one; the registry takes each step once.</summary>
sealed partial class CanaryKeeper : BackgroundService
{
    readonly CanaryGuardian guardian;
    readonly LiveRoutes routes;
    readonly TimeSpan every;
    readonly TimeProvider clock;
    readonly ILogger<CanaryKeeper> logger;
    readonly Counter<long> rollbacks;

    public CanaryKeeper(
        CanaryGuardian guardian,
        LiveRoutes routes,
        ServerOptions options,
        TimeProvider clock,
        IMeterFactory meters,
        ILogger<CanaryKeeper> logger
    )
    {
        (this.guardian, this.routes, every, this.clock, this.logger) = (guardian, routes, options.CanaryCheck, clock, logger);
        rollbacks = meters
            .Create(Traffic.MeterName)
            .CreateCounter<long>("halley.canary.rollbacks", description: "Canaries that a guard took out, by this server.");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await CheckAsync(stoppingToken);
    }

    /// <summary>One look; a fault of the store is told and the next look comes.</summary>
    internal async Task CheckAsync(CancellationToken cancellation)
    {
        try
        {
            foreach (var change in await guardian.CheckAsync(cancellation))
            {
                var release = change.Release.ToString();
                if (change.Canary is { IsBreach: true })
                {
                    rollbacks.Add(1);
                    Log.TakenOut(logger, release, change.Why);
                }
                else
                {
                    Log.Went(logger, release, change.Why);
                }
                await routes.RefreshAsync(cancellation);
            }
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            Log.NotChecked(logger, (problem as HalleyException)?.Code ?? "unknown", problem);
        }
    }

    static partial class Log
    {
        [LoggerMessage(6311, LogLevel.Error, "Canary {Release} was rolled back: {Why}")]
        public static partial void TakenOut(ILogger logger, string release, string why);

        [LoggerMessage(6312, LogLevel.Information, "Canary {Release} went on: {Why}")]
        public static partial void Went(ILogger logger, string release, string why);

        [LoggerMessage(6313, LogLevel.Warning, "Canaries could not be checked ({Code})")]
        public static partial void NotChecked(ILogger logger, string code, Exception problem);
    }
}
