namespace Halley.Server;

/// <summary>Whether the server takes requests: what its health addresses tell.</summary>
sealed class Readiness(LiveRoutes routes, DrainState drain)
{
    /// <summary>Why it wants no requests; null where it can decide and score.</summary>
    public string? Problem =>
        drain.IsDraining ? "The server is ending; send requests to another one."
        : routes.IsReady ? null
        : routes.Problem ?? "The registry is being read.";
}
