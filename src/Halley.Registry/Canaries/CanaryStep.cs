namespace Halley.Registry;

/// <summary>One step of a canary.</summary>
/// <param name="Share">Share of the units, in (0, 1), larger than that of the step before.</param>
/// <param name="Length">The least time before the next step.</param>
/// <param name="MinimumDecisions">The least decisions of the release before the next step.</param>
public sealed record CanaryStep(double Share, TimeSpan Length, int MinimumDecisions);
