using Halley.Data;

namespace Halley.Registry;

/// <summary>A key of a person or an application. The registry keeps its hash, never the key itself.</summary>
public sealed record ApiKey
{
    /// <summary>A UUID of version 7; the first part of the key's text.</summary>
    public required string Id { get; init; }

    /// <summary>Whose key it is: the name that records carry.</summary>
    public required string Name { get; init; }

    public required IReadOnlyList<AccessRole> Roles { get; init; }

    /// <summary>The only environment it opens; null for every one.</summary>
    public string? Environment { get; init; }

    /// <summary>SHA-256 of the secret part: 32 random bytes need no slow hash.</summary>
    public required ContentHash SecretHash { get; init; }

    public required Actor By { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The last moment at which it opens; null for no end.</summary>
    public DateTimeOffset? Until { get; init; }
}
