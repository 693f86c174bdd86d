using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Halley.Data;
using Halley.Registry;

namespace Halley.Server;

/// <summary>The keys that open this server, read anew every few seconds.</summary>
sealed partial class KeyRing(ReleaseRegistry registry, ServerOptions options, TimeProvider clock, ILogger<KeyRing> logger)
    : BackgroundService
{
    static readonly TimeSpan Renewal = TimeSpan.FromSeconds(2);

    volatile FrozenDictionary<string, ApiKey> keys = FrozenDictionary<string, ApiKey>.Empty;

    /// <summary>Whose key a text is; null where it is none that opens this server now.</summary>
    public KnownCaller? Find(string text)
    {
        if (ReleaseRegistry.ParseKey(text) is not var (id, secret) || !keys.TryGetValue(id, out var key))
            return null;
        var given = SHA256.HashData(Encoding.ASCII.GetBytes(secret));
        var isRight = CryptographicOperations.FixedTimeEquals(given, Convert.FromHexString(key.SecretHash.Hex));
        return isRight && !(clock.GetUtcNow() > key.Until) ? new(key.Name, key.Roles) : null;
    }

    public async Task RefreshAsync(CancellationToken cancellation)
    {
        var all = await registry.KeysAsync(cancellation);
        keys = all.Where(one =>
                one.Revoked is null && (one.Key.Environment is null || one.Key.Environment == options.Environment)
            )
            .ToFrozenDictionary(one => one.Key.Id, one => one.Key, StringComparer.Ordinal);
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // A server that requires keys knows them before it answers the first request.
        if (options.Access.Required)
            await RefreshAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Access.Required)
            return;
        using var timer = new PeriodicTimer(Renewal, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RefreshAsync(stoppingToken);
            }
            catch (HalleyException problem)
            {
                // The keys known before go on opening.
                Log.NotRenewed(logger, problem.Code, problem);
            }
        }
    }

    static partial class Log
    {
        [LoggerMessage(6401, LogLevel.Warning, "The keys could not be read ({Code})")]
        public static partial void NotRenewed(ILogger logger, string code, Exception problem);
    }
}
