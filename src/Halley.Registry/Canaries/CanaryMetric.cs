using System.Text.Json.Serialization;

namespace Halley.Registry;

/// <summary>What a guard of a canary watches.</summary>
public enum CanaryMetric
{
    /// <summary>Share of requests that the release failed on, or refused though the champion takes them.</summary>
    [JsonStringEnumMemberName("errors")]
    Errors,

    /// <summary>Share of decisions that a fallback answered.</summary>
    [JsonStringEnumMemberName("fallbacks")]
    Fallbacks,

    /// <summary>The slowest of 100 decisions, in milliseconds.</summary>
    [JsonStringEnumMemberName("latency_p99_ms")]
    Latency,

    /// <summary>Share of decisions with the action <c>refer</c>, or another that the guard names.</summary>
    [JsonStringEnumMemberName("referrals")]
    Referrals,

    /// <summary>Change of the average of an output against the champion's decisions of the same time, as a share.</summary>
    [JsonStringEnumMemberName("average_premium")]
    AveragePremium,

    /// <summary>Share of decisions with a level that a model of the release never saw.</summary>
    [JsonStringEnumMemberName("unseen_levels")]
    UnseenLevels,
}
