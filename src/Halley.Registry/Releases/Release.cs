using System.Text.Json.Serialization;
using Halley.Data;

namespace Halley.Registry;

/// <summary>A decision with everything it uses pinned to a version. Immutable and signed.</summary>
public sealed record Release
{
    /// <summary>For example <c>motor-quote@12</c>.</summary>
    public required VersionId Id { get; init; }

    /// <summary>SHA-256 of the decision's definition (canonical JSON bytes).</summary>
    public required ContentHash Definition { get; init; }

    /// <summary>Ordered by reference.</summary>
    public required IReadOnlyList<PinnedModel> Models { get; init; }

    /// <summary>Ordered by name.</summary>
    public required IReadOnlyList<PinnedTable> Tables { get; init; }

    /// <summary>Covers the decision's name, the definition, and every model and table: the same content has the same hash.</summary>
    public required ContentHash Hash { get; init; }

    public required Actor By { get; init; }

    public required DateTimeOffset At { get; init; }

    public string Note { get; init; } = "";

    /// <summary>Names the key that signed.</summary>
    public required string KeyId { get; init; }

    /// <summary>ECDSA over the release without this field.</summary>
    public byte[] Signature { get; init; } = [];

    /// <summary>The release of another store that this one was imported from; null where it was made here.</summary>
    public ReleaseOrigin? Origin { get; init; }

    /// <summary>Who imported it; null where it was made here.</summary>
    public Actor? ImportedBy { get; init; }

    /// <summary>Name of the decision.</summary>
    [JsonIgnore]
    public string Decision => Id.Name;
}
