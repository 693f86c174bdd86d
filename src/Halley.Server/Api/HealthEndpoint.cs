using System.Text.Json;
using Halley.Registry;

namespace Halley.Server;

/// <param name="Status"><c>live</c>, <c>ready</c> or <c>not ready</c>.</param>
/// <param name="Problem">Why it is not ready, or what needs attention; null where all is well.</param>
sealed record HealthView(string Status, string? Problem);

/// <summary><c>GET /health/live</c>: the process runs. <c>GET /health/ready</c>: it can decide and log.</summary>
static class HealthEndpoint
{
    public static Task LiveAsync(HttpContext context) => WriteAsync(context, new("live", null), 200);

    public static Task ReadyAsync(HttpContext context, Readiness readiness, LiveRoutes routes, DecisionLog log) =>
        readiness.Problem is { } problem
            ? WriteAsync(context, new("not ready", problem), 503)
            : WriteAsync(context, new("ready", routes.Problem ?? log.HeadProblem?.Message), 200);

    static Task WriteAsync(HttpContext context, HealthView view, int status)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        return JsonSerializer.SerializeAsync(context.Response.Body, view, ApiJson.Default.HealthView, context.RequestAborted);
    }
}
