namespace Halley.Server;

/// <summary>Lets a request through where its key or token has a role for the address.</summary>
sealed partial class AccessGuard(KeyRing keys, TokenReader tokens, ServerOptions options, ILogger<AccessGuard> logger)
{
    const string KeyHeader = "Halley-Key";
    const string Bearer = "Bearer ";
    static readonly object Key = new();

    /// <summary>Who sent the request; null where nothing is required.</summary>
    public static KnownCaller? CallerOf(HttpContext context) => (KnownCaller?)context.Items[Key];

    public Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        if (!options.Access.Required)
            return next(context);
        var (method, path) = (context.Request.Method, context.Request.Path.Value ?? "/");
        var rule = AccessRules.Find(method, path);
        if (rule is { Roles: null } || (rule is null && IsPage(method, path)))
            return next(context);
        if (CallerFrom(context.Request) is not { } caller)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return Problems.NobodyAsync(context, KeyHeader);
        }
        context.Items[Key] = caller;
        if (rule is { Roles: { } roles } && !caller.IsOneOf(roles))
        {
            Log.Refused(logger, RequestIds.Of(context), caller.Name, method);
            return Problems.ForbiddenAsync(context, caller, roles);
        }
        return next(context);
    }

    /// <summary>The workbench's own files hold no data; what they show comes from addresses that have rules.</summary>
    static bool IsPage(string method, string path) =>
        method is "GET" or "HEAD" && (path is "/" || (path.IndexOf('/', 1) < 0 && path.Contains('.', StringComparison.Ordinal)));

    KnownCaller? CallerFrom(HttpRequest request)
    {
        string? key = request.Headers[KeyHeader];
        if (key is not null)
            return keys.Find(key);
        string? authorization = request.Headers.Authorization;
        if (authorization is null || !authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return null;
        var token = authorization[Bearer.Length..].Trim();
        return keys.Find(token) ?? tokens.Find(token);
    }

    static partial class Log
    {
        [LoggerMessage(6402, LogLevel.Warning, "Request {RequestId}: '{Caller}' has no role for this {Method}")]
        public static partial void Refused(ILogger logger, string requestId, string caller, string method);
    }
}
