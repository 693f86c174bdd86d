using System.Text.Json.Serialization;
using Halley.Data;

namespace Halley.Registry;

/// <summary>A decision as it is logged: who was answered what, by which release, from which inputs.</summary>
/// <remarks>
/// The members of kind <c>ReadOnlyMemory&lt;byte&gt;</c> are JSON in UTF-8, kept byte for byte. Unit, inputs, steps and
/// reasons are the personal part: they are kept apart under a salted commitment, so that they can be erased and the
/// chain still be verified.
/// </remarks>
public sealed record DecisionRecord
{
    /// <summary>From <see cref="DecisionLog.NewId"/>; the log is read in the order of ids.</summary>
    public required Guid Id { get; init; }

    public required DateTimeOffset Time { get; init; }

    public required string Environment { get; init; }

    public required string Decision { get; init; }

    public required VersionId Release { get; init; }

    /// <summary>Revision of the decision in the environment under which it was assigned.</summary>
    public required long Revision { get; init; }

    /// <summary>Champion or challenger.</summary>
    public required ReleaseRole Arm { get; init; }

    /// <summary>Chance that a unit gets this arm, in (0, 1].</summary>
    public required double Probability { get; init; }

    /// <summary>Default: live.</summary>
    public Purpose Purpose { get; init; }

    /// <summary>The caller's key for safe retries; null where it gave none.</summary>
    public string? RequestKey { get; init; }

    /// <summary>Hash of the request's body; needed where there is a key.</summary>
    public ContentHash? RequestHash { get; init; }

    /// <summary>From the arrival of the request to the answer, without the log's own time.</summary>
    public double LatencyMicroseconds { get; init; }

    /// <summary>Which declared fallback answered; null where none was needed.</summary>
    public string? Fallback { get; init; }

    /// <summary>Chance with which this decision was drawn for a random check; null where the decision draws none.</summary>
    public double? CheckProbability { get; init; }

    /// <summary>Whether it was drawn.</summary>
    public bool Checked { get; init; }

    /// <summary>Whether it rests on generated data.</summary>
    public bool Simulated { get; init; }

    /// <summary>The effective date that was asked for; null for the day of the request.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>What the request was for; null for new business.</summary>
    public Transaction? Transaction { get; init; }

    /// <summary>The earlier decision that this one rests on: that of an adjustment, or the one that a what-if changes.</summary>
    public Guid? Original { get; init; }

    /// <summary>Why another release than the unit's arm answered: <c>timetable</c>, <c>original</c> or <c>schema</c>; null where the arm did.</summary>
    public string? Route { get; init; }

    /// <summary>The caller's name of this variant of a request; null for a request of one record.</summary>
    public string? Variant { get; init; }

    /// <summary>Whether inputs, outputs, steps and reasons were read or written as JSON just now; otherwise the log checks them.</summary>
    [JsonIgnore]
    public bool PartsAreJson { get; init; }

    /// <summary>W3C traceparent of the request, where its caller sent one or it was traced; else null.</summary>
    public string? Trace { get; init; }

    /// <summary>The unit that arms are assigned by: a policy, a customer, a claim.</summary>
    [JsonIgnore]
    public string UnitId { get; init; } = "";

    /// <summary>JSON object: the request's fields.</summary>
    [JsonIgnore]
    public ReadOnlyMemory<byte> Inputs { get; init; }

    /// <summary>JSON object: the answer's fields.</summary>
    [JsonIgnore]
    public ReadOnlyMemory<byte> Outputs { get; init; }

    /// <summary>JSON object: the value of every named step.</summary>
    [JsonIgnore]
    public ReadOnlyMemory<byte> Steps { get; init; }

    /// <summary>JSON array: the reasons in words.</summary>
    [JsonIgnore]
    public ReadOnlyMemory<byte> Reasons { get; init; }
}
