namespace Halley.Server;

/// <summary>Gives every request an id, and every answer and error that id.</summary>
static class RequestIds
{
    public const string Header = "Halley-Request-Id";
    static readonly object Key = new();

    public static string Of(HttpContext context) => (string)context.Items[Key]!;

    public static Task AddAsync(HttpContext context, RequestDelegate next, TimeProvider clock, DrainState drain)
    {
        var id = Guid.CreateVersion7(clock.GetUtcNow()).ToString();
        context.Items[Key] = id;
        context.Response.Headers[Header] = id;
        drain.CloseAfter(context);
        return next(context);
    }
}
