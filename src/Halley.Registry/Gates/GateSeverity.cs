using System.Text.Json.Serialization;

namespace Halley.Registry;

/// <summary>What a failed gate does.</summary>
public enum GateSeverity
{
    /// <summary>Stops the promotion.</summary>
    [JsonStringEnumMemberName("block")]
    Block,

    /// <summary>Is told and stops nothing.</summary>
    [JsonStringEnumMemberName("warn")]
    Warn,
}
