namespace Halley.Registry;

/// <summary>An outcome as it is logged.</summary>
/// <param name="RecordId">A UUID of version 7.</param>
/// <param name="Received">When it was taken in.</param>
public sealed record OutcomeRecord(Guid RecordId, DateTimeOffset Received, string Environment, string Decision, Outcome Outcome);
