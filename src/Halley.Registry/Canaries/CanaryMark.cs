namespace Halley.Registry;

/// <summary>What a change of an environment did to a canary.</summary>
/// <param name="Id">The canary.</param>
/// <param name="Step">Its step from this change on, from 0; the number of steps where it passed the last one.</param>
/// <param name="IsBreach">Whether a guard took it out.</param>
public sealed record CanaryMark(string Id, int Step, bool IsBreach);
