namespace Halley.Server;

/// <summary>Whether the server is about to end: it still answers, and wants no new callers.</summary>
sealed class DrainState
{
    volatile bool isDraining;

    public bool IsDraining => isDraining;

    public void Begin() => isDraining = true;

    /// <summary>Tells a caller to come over another connection next time, which a balancer then opens elsewhere.</summary>
    public void CloseAfter(HttpContext context)
    {
        // Later versions of HTTP end connections by frames of their own.
        if (isDraining && context.Request.Protocol == HttpProtocol.Http11)
            context.Response.Headers.Connection = "close";
    }
}
