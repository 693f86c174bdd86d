using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Halley.Data;

namespace Halley.Registry;

public sealed partial class ReleaseRegistry
{
    const string KeyKind = "api_key";
    const string RevocationKind = "api_key_revocation";
    const string KeyPrefix = "hly_";
    const int SecretBytes = 32;

    /// <summary>Makes a key. Its text is handed out once and kept nowhere.</summary>
    /// <param name="environment">The only environment it opens; null for every one.</param>
    /// <param name="until">The last moment at which it opens; null for no end.</param>
    /// <returns>The key as recorded, and its text, <c>hly_ID_SECRET</c>.</returns>
    /// <exception cref="HalleyException">HLY5108: a bad name; HLY5220: no roles; HLY5109: nobody is named.</exception>
    public async Task<(ApiKey Key, string Text)> CreateKeyAsync(
        string name,
        IReadOnlyList<AccessRole> roles,
        string? environment,
        DateTimeOffset? until,
        Actor by,
        CancellationToken cancellation = default
    )
    {
        RegistryName.Check(name, "the owner of a key");
        if (roles.Count == 0)
            throw new HalleyException(
                "HLY5220",
                $"a key of '{name}' without a role opens nothing. Give one of {string.Join(", ", AccessRoles.All)}."
            );
        var now = time.GetUtcNow();
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));
        var key = new ApiKey
        {
            Id = Guid.CreateVersion7(now).ToString("N"),
            Name = name,
            Roles = [.. roles.Distinct().Order()],
            Environment = environment,
            SecretHash = ContentHash.Of(Encoding.ASCII.GetBytes(secret)),
            By = by.Check(),
            At = now,
            Until = until,
        };
        await store
            .AddEntryAsync(new(KeyKind, name, JsonSerializer.Serialize(key, RegistryJson.Default.ApiKey)), cancellation)
            .ConfigureAwait(false);
        return (key, $"{KeyPrefix}{key.Id}_{secret}");
    }

    /// <summary>Every key with its end, oldest first; null for one that was not revoked.</summary>
    public async Task<IReadOnlyList<(ApiKey Key, KeyRevocation? Revoked)>> KeysAsync(CancellationToken cancellation = default)
    {
        var ends = (await store.EntriesAsync(RevocationKind, null, cancellation).ConfigureAwait(false))
            .Select(entry => JsonSerializer.Deserialize(entry.Body, RegistryJson.Default.KeyRevocation)!)
            .GroupBy(end => end.Key)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        var keys = await store.EntriesAsync(KeyKind, null, cancellation).ConfigureAwait(false);
        return
        [
            .. keys.Select(entry => JsonSerializer.Deserialize(entry.Body, RegistryJson.Default.ApiKey)!)
                .Select(key => (key, ends.GetValueOrDefault(key.Id))),
        ];
    }

    /// <summary>Ends a key, for ever.</summary>
    /// <exception cref="HalleyException">HLY5221: there is no such key; HLY5204: no reason.</exception>
    public async Task RevokeKeyAsync(string id, Actor by, string why, CancellationToken cancellation = default)
    {
        CheckReason(why, "revoking a key");
        if ((await KeysAsync(cancellation).ConfigureAwait(false)).All(one => one.Key.Id != id))
            throw new HalleyException("HLY5221", $"there is no key '{id}'. List the keys with 'halley key list'.");
        var end = new KeyRevocation(id, by.Check(), time.GetUtcNow(), why);
        await store
            .AddEntryAsync(
                new(RevocationKind, id, JsonSerializer.Serialize(end, RegistryJson.Default.KeyRevocation)),
                cancellation
            )
            .ConfigureAwait(false);
    }

    /// <summary>Id and secret of a key's text; null where it is none.</summary>
    public static (string Id, string Secret)? ParseKey(string text)
    {
        var parts = text.Split('_');
        return parts is ["hly", { Length: 32 } id, { Length: 2 * SecretBytes } secret] ? (id, secret) : null;
    }
}
