using System.Text.Json.Serialization;

namespace Halley.Registry;

/// <summary>How far a canary is.</summary>
public enum CanaryStatus
{
    /// <summary>Its gates or approvals are not passed yet.</summary>
    [JsonStringEnumMemberName("asked")]
    Asked,

    [JsonStringEnumMemberName("running")]
    Running,

    /// <summary>It held every guard to the end of its last step and keeps that share.</summary>
    [JsonStringEnumMemberName("passed")]
    Passed,

    /// <summary>A guard took it out.</summary>
    [JsonStringEnumMemberName("rolled_back")]
    RolledBack,

    /// <summary>A person ended it, by command or by changing what is live.</summary>
    [JsonStringEnumMemberName("ended")]
    Ended,
}
