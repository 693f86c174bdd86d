using Halley.Registry;

namespace Halley.Server;

/// <summary>A decided request that waits for its shadows.</summary>
readonly record struct ShadowWork(LiveRoute Route, DecisionRecord Record);
