using System.Text.Json.Serialization;

namespace Halley.Registry;

/// <summary>What was done to an environment.</summary>
public enum ChangeKind
{
    /// <summary>A release took a place.</summary>
    [JsonStringEnumMemberName("promote")]
    Promote,

    /// <summary>The champion before took its place back.</summary>
    [JsonStringEnumMemberName("rollback")]
    Rollback,

    /// <summary>A challenger or shadow was taken out.</summary>
    [JsonStringEnumMemberName("withdraw")]
    Withdraw,

    /// <summary>A model was stopped: decisions that use it answer by their fallback.</summary>
    [JsonStringEnumMemberName("stop")]
    Stop,

    /// <summary>A stopped model answers again.</summary>
    [JsonStringEnumMemberName("resume")]
    Resume,

    /// <summary>A canary went on to its next step, or passed its last one.</summary>
    [JsonStringEnumMemberName("widen")]
    Widen,
}
