using Halley.Data;

namespace Halley.Registry;

/// <summary>Gates given to an environment; the newest change holds. None is ever removed.</summary>
public sealed record GateSetChange(GateSet Set, ContentHash Hash, Actor By, DateTimeOffset At, string Why);
