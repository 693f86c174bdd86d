namespace Halley.Decisions;

/// <summary>A floor or cap that bit.</summary>
/// <param name="Step">The step that it limits.</param>
/// <param name="IsCap">A cap, else a floor.</param>
/// <param name="Unbounded">The value before.</param>
/// <param name="Limit">The floor's or cap's value, which took its place.</param>
public readonly record struct LimitHit(string Step, bool IsCap, double Unbounded, double Limit);
