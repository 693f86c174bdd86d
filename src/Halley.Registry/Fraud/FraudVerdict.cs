using System.Text.Json.Serialization;

namespace Halley.Registry;

/// <summary>What became of a claim that was sent to be looked into. What nobody looked into is unknown, and never "no fraud".</summary>
public enum FraudVerdict
{
    /// <summary>The handler took it up; nothing is found yet.</summary>
    [JsonStringEnumMemberName("accepted")]
    Accepted,

    /// <summary>The handler did not take it up: it stays unknown.</summary>
    [JsonStringEnumMemberName("rejected")]
    Rejected,

    /// <summary>Fraud, with the amount recovered or saved as the outcome's value.</summary>
    [JsonStringEnumMemberName("substantiated")]
    Substantiated,

    /// <summary>Looked into, and no fraud.</summary>
    [JsonStringEnumMemberName("unsubstantiated")]
    Unsubstantiated,

    /// <summary>Looked into, and neither could be shown: it stays unknown.</summary>
    [JsonStringEnumMemberName("inconclusive")]
    Inconclusive,

    /// <summary>Waits for a handler.</summary>
    [JsonStringEnumMemberName("pending")]
    Pending,
}
