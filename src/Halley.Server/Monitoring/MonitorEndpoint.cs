using System.Text.Json;
using Halley.Registry;

namespace Halley.Server;

/// <summary><c>GET /v1/monitor</c>: what the last look at each live release found.</summary>
static class MonitorEndpoint
{
    public static Task HandleAsync(HttpContext context, MonitorKeeper keeper)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        return JsonSerializer.SerializeAsync(
            context.Response.Body,
            keeper.Reports,
            RegistryJson.Default.IReadOnlyListMonitorReport,
            context.RequestAborted
        );
    }
}
