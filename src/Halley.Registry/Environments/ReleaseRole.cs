using System.Text.Json.Serialization;

namespace Halley.Registry;

/// <summary>The place of a release in an environment.</summary>
public enum ReleaseRole
{
    /// <summary>Answers for every unit that no challenger has.</summary>
    [JsonStringEnumMemberName("champion")]
    Champion,

    /// <summary>Answers for a share of the units.</summary>
    [JsonStringEnumMemberName("challenger")]
    Challenger,

    /// <summary>Is asked beside the one that answers.</summary>
    [JsonStringEnumMemberName("shadow")]
    Shadow,
}
