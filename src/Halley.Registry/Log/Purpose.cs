using System.Text.Json.Serialization;

namespace Halley.Registry;

/// <summary>Why a decision was asked for. Only live ones count in shares, monitoring, value and capacity.</summary>
public enum Purpose
{
    [JsonStringEnumMemberName("live")]
    Live,

    /// <summary>Sent by a test.</summary>
    [JsonStringEnumMemberName("test")]
    Test,

    /// <summary>Asked to see what would be if.</summary>
    [JsonStringEnumMemberName("what_if")]
    WhatIf,
}
