using System.Text.Json.Serialization;

namespace Halley.Registry;

/// <summary>What a shadow answered, or why it did not, to the request of a decision.</summary>
/// <remarks>Steps and reasons are the personal part, see <see cref="DecisionRecord"/>.</remarks>
public sealed record ShadowRecord
{
    /// <summary>From <see cref="DecisionLog.NewId"/>.</summary>
    public required Guid Id { get; init; }

    /// <summary>The decision whose request it was.</summary>
    public required Guid DecisionId { get; init; }

    public required DateTimeOffset Time { get; init; }

    public required string Environment { get; init; }

    public required string Decision { get; init; }

    /// <summary>The shadow.</summary>
    public required VersionId Release { get; init; }

    /// <summary>Time of the computation.</summary>
    public double LatencyMicroseconds { get; init; }

    /// <summary>Why there is no answer; null where there is one.</summary>
    public string? Error { get; init; }

    /// <summary>Whether it rests on generated data.</summary>
    public bool Simulated { get; init; }

    /// <summary>JSON object: the answer's fields; empty where there is no answer.</summary>
    [JsonIgnore]
    public ReadOnlyMemory<byte> Outputs { get; init; }

    /// <summary>JSON object: the value of every named step.</summary>
    [JsonIgnore]
    public ReadOnlyMemory<byte> Steps { get; init; }

    /// <summary>JSON array: the reasons in words.</summary>
    [JsonIgnore]
    public ReadOnlyMemory<byte> Reasons { get; init; }
}
