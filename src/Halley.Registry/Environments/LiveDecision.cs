namespace Halley.Registry;

/// <summary>One decision as it stands in an environment, or as it stood.</summary>
/// <param name="Since">Since when it stands so.</param>
public sealed record LiveDecision(string Environment, string Decision, long Revision, DateTimeOffset Since, LiveArms Arms);
