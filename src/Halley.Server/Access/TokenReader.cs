using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Halley.Data;
using Halley.Registry;

namespace Halley.Server;

/// <summary>Reads bearer tokens of OpenID Connect: JSON Web Tokens signed with RS256 or ES256 by a key of the configured set.</summary>
/// <remarks>
/// Checked are the algorithm (by the key, never by the token alone), the signature, issuer, audience, and the times of beginning and
/// end. Sources: RFC 7515, 7517, 7518 and 7519; RFC 8725 for what to refuse.
/// </remarks>
sealed class TokenReader
{
    // Clocks of two machines differ by this at most.
    static readonly TimeSpan Leeway = TimeSpan.FromMinutes(1);
    const int Longest = 16_384;

    readonly AccessOptions options;
    readonly TimeProvider clock;
    readonly Dictionary<string, TokenKey> keys;

    /// <exception cref="HalleyException">HLY6020: the key set cannot be used.</exception>
    public TokenReader(AccessOptions options, TimeProvider clock)
    {
        (this.options, this.clock) = (options, clock);
        keys = options.KeySet is { } path ? TokenKey.ReadSet(path) : [];
    }

    /// <summary>Whose token it is; null where it is not to be believed.</summary>
    public KnownCaller? Find(string token)
    {
        var parts = token.Split('.');
        if (keys.Count == 0 || parts.Length != 3 || token.Length > Longest)
            return null;
        try
        {
            using var header = JsonDocument.Parse(Decode(parts[0]));
            var id = header.RootElement.TryGetProperty("kid", out var named) ? named.GetString() : null;
            var key = id is null ? (keys.Count == 1 ? keys.Values.First() : null) : keys.GetValueOrDefault(id);
            var algorithm = header.RootElement.GetProperty("alg").GetString();
            // An extension that must be understood is one that is not.
            if (key is null || algorithm != key.Algorithm || header.RootElement.TryGetProperty("crit", out _))
                return null;
            var signed = Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}");
            if (!key.Verify(signed, Decode(parts[2])))
                return null;
            using var claims = JsonDocument.Parse(Decode(parts[1]));
            return Believe(claims.RootElement);
        }
        catch (Exception problem)
            when (problem
                    is JsonException
                        or FormatException
                        or InvalidOperationException
                        or KeyNotFoundException
                        or CryptographicException
            )
        {
            return null;
        }
    }

    KnownCaller? Believe(JsonElement claims)
    {
        var now = clock.GetUtcNow();
        var isOurs = Text(claims, "iss") == options.Issuer && Texts(claims, "aud").Contains(options.Audience);
        var isTimely =
            Time(claims, "exp") is { } end && now <= end + Leeway && !(Time(claims, "nbf") is { } begin && now < begin - Leeway);
        if (!isOurs || !isTimely || Text(claims, "sub") is not { Length: > 0 } subject)
            return null;
        var roles = Texts(claims, options.RoleClaim).Select(AccessRoles.Find).OfType<AccessRole>().ToList();
        return new(Text(claims, "preferred_username") ?? Text(claims, "email") ?? subject, roles);
    }

    static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A text or a list of texts.</summary>
    static IEnumerable<string> Texts(JsonElement claims, string name)
    {
        if (!claims.TryGetProperty(name, out var value))
            return [];
        return value.ValueKind switch
        {
            JsonValueKind.String => [value.GetString()!],
            JsonValueKind.Array => value
                .EnumerateArray()
                .Where(one => one.ValueKind == JsonValueKind.String)
                .Select(one => one.GetString()!)
                .ToList(),
            _ => [],
        };
    }

    static DateTimeOffset? Time(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.TryGetDouble(out var seconds) && seconds is > 0 and < 253_402_300_799
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)(1000 * seconds))
            : null;

    static byte[] Decode(string part) => Base64Url.DecodeFromChars(part);
}
