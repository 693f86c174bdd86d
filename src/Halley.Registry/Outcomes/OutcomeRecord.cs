namespace Halley.Registry;

/// <summary>An outcome as it is logged.</summary>
/// <param name="RecordId">From <see cref="DecisionLog.NewId"/>.</param>
/// <param name="Received">When it was taken in.</param>
public sealed record OutcomeRecord(Guid RecordId, DateTimeOffset Received, string Environment, string Decision, Outcome Outcome);
