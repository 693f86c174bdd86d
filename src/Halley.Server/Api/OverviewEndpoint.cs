using System.Text.Json;

namespace Halley.Server;

/// <summary><c>GET /v1/overview</c></summary>
static class OverviewEndpoint
{
    public static async Task HandleAsync(HttpContext context, OverviewService overview)
    {
        var view = await overview.ViewAsync(context.RequestAborted);
        context.Response.ContentType = "application/json; charset=utf-8";
        await JsonSerializer.SerializeAsync(context.Response.Body, view, ApiJson.Default.OverviewView, context.RequestAborted);
    }
}
