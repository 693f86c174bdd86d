using System.Globalization;
using System.Threading.RateLimiting;

namespace Halley.Server;

/// <summary>Lets each caller send so many requests a second, and no more; health and metrics are not counted.</summary>
sealed class RateGuard : IDisposable
{
    readonly PartitionedRateLimiter<HttpContext> limiter;
    readonly double rate;
    readonly int burst;

    /// <param name="rate">Requests a second.</param>
    /// <param name="burst">Requests at once.</param>
    public RateGuard(double rate, int burst)
    {
        (this.rate, this.burst) = (rate, burst);
        var settings = new TokenBucketRateLimiterOptions
        {
            TokenLimit = burst,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = TimeSpan.FromSeconds(Math.Clamp(1 / rate, 1e-6, 1e6)),
            QueueLimit = 0,
        };
        limiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
            RateLimitPartition.GetTokenBucketLimiter(CallerOf(context), _ => settings)
        );
    }

    public Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        if (IsFree(context.Request.Path))
            return next(context);
        using var lease = limiter.AttemptAcquire(context);
        if (lease.IsAcquired)
            return next(context);
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var told) ? told : TimeSpan.FromSeconds(1 / rate);
        var seconds = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        context.Response.Headers.RetryAfter = seconds;
        return Problems.TooManyAsync(
            context,
            string.Create(
                CultureInfo.InvariantCulture,
                $"A caller may send {rate} requests a second, and {burst} at once. Send it again in {seconds} s, with the same key."
            )
        );
    }

    public void Dispose() => limiter.Dispose();

    /// <summary>The key's or token's owner; where nobody has to say who they are, the address that the request came from.</summary>
    static string CallerOf(HttpContext context) =>
        AccessGuard.CallerOf(context) is { } caller ? "caller " + caller.Name : "address " + context.Connection.RemoteIpAddress;

    static bool IsFree(PathString path) =>
        path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase)
        || path.StartsWithSegments("/v2/health", StringComparison.OrdinalIgnoreCase)
        || path.StartsWithSegments("/metrics", StringComparison.OrdinalIgnoreCase);
}
