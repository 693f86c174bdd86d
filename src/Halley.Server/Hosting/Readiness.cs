namespace Halley.Server;

/// <summary>Whether the server takes requests: what its health addresses tell.</summary>
sealed class Readiness(LiveRoutes routes)
{
    /// <summary>Why it can't decide or score; null where it can.</summary>
    public string? Problem => routes.IsReady ? null : routes.Problem ?? "The registry is being read.";
}
