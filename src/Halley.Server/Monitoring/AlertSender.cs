using System.Net.Http.Headers;
using System.Text.Json;
using Halley.Data;
using Halley.Registry;

namespace Halley.Server;

/// <summary>Sends alerts to their webhooks until they are taken. What waits stands in the registry, so that no restart loses it.</summary>
/// <remarks>At least once: of several servers each may send one, with the same id in <c>Halley-Alert</c>.</remarks>
sealed partial class AlertSender(LocalStore store, ServerOptions options, TimeProvider clock, ILogger<AlertSender> logger)
    : BackgroundService
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    static readonly TimeSpan LongestRest = TimeSpan.FromHours(1);

    // Redirects are not followed: the plan names who is told, and nobody else.
    readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Patience };
    readonly Dictionary<string, (int Attempts, DateTimeOffset Next)> tried = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await SendAsync(stoppingToken);
            }
            catch (Exception problem) when (!stoppingToken.IsCancellationRequested)
            {
                Log.NotRead(logger, (problem as HalleyException)?.Code ?? "unknown", problem);
            }
            await Task.Delay(options.Monitoring.Retry, clock, stoppingToken);
        }
    }

    public override void Dispose()
    {
        client.Dispose();
        base.Dispose();
    }

    /// <summary>Sends what waits and is due.</summary>
    async Task SendAsync(CancellationToken cancellation)
    {
        foreach (var (alert, delivered) in await store.Registry.AlertsAsync(options.Environment, cancellation))
        {
            var (attempts, next) = tried.GetValueOrDefault(alert.Id);
            if (delivered is not null || alert.Webhook is null || next > clock.GetUtcNow())
                continue;
            if (await IsTakenAsync(alert, cancellation))
            {
                await store.Registry.DeliveredAsync(alert, attempts + 1, cancellation);
                tried.Remove(alert.Id);
            }
            else
            {
                var rest = options.Monitoring.Retry * Math.Pow(2, Math.Min(attempts, 20));
                tried[alert.Id] = (attempts + 1, clock.GetUtcNow() + (rest < LongestRest ? rest : LongestRest));
            }
        }
    }

    async Task<bool> IsTakenAsync(MonitorAlert alert, CancellationToken cancellation)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(alert with { Webhook = null }, RegistryJson.Default.MonitorAlert);
        using var request = new HttpRequestMessage(HttpMethod.Post, alert.Webhook) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("Halley-Alert", alert.Id);
        if (options.Monitoring.Secret is { } secret)
            request.Headers.Add(AlertSignature.Header, AlertSignature.Of(secret, clock.GetUtcNow(), body));
        try
        {
            using var response = await client.SendAsync(request, cancellation);
            if (response.IsSuccessStatusCode)
                return true;
            Log.Refused(logger, alert.Id, (int)response.StatusCode);
        }
        catch (Exception problem)
            when (problem is HttpRequestException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            Log.NotSent(logger, alert.Id, problem.Message);
        }
        return false;
    }

    static partial class Log
    {
        [LoggerMessage(6711, LogLevel.Warning, "Alert {Alert} was answered with status {Status}; it is sent again")]
        public static partial void Refused(ILogger logger, string alert, int status);

        [LoggerMessage(6712, LogLevel.Warning, "Alert {Alert} could not be sent ({Problem}); it is sent again")]
        public static partial void NotSent(ILogger logger, string alert, string problem);

        [LoggerMessage(6713, LogLevel.Warning, "Alerts could not be read ({Code})")]
        public static partial void NotRead(ILogger logger, string code, Exception problem);
    }
}
