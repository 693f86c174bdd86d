using System.Text.Json;

namespace Halley.Server;

/// <summary><c>GET /v1/experiments</c> and <c>GET /v1/canaries</c>: of this server's environment.</summary>
static class TrialsEndpoint
{
    public static Task ExperimentsAsync(HttpContext context, OverviewService overview)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        return JsonSerializer.SerializeAsync(
            context.Response.Body,
            overview.Experiments,
            ApiJson.Default.IReadOnlyListExperimentView,
            context.RequestAborted
        );
    }

    public static Task CanariesAsync(HttpContext context, OverviewService overview)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        return JsonSerializer.SerializeAsync(
            context.Response.Body,
            overview.Canaries,
            ApiJson.Default.IReadOnlyListCanaryView,
            context.RequestAborted
        );
    }
}
