using Halley.Registry;

namespace Halley.Server;

/// <summary>Which release answers a request, and why it.</summary>
/// <param name="Route">As <see cref="DecisionRecord.Route"/>; null where the unit's arm answers.</param>
readonly record struct ReleaseChoice(ArmAssignment Arm, string? Route);
