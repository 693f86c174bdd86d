namespace Halley.Decisions;

/// <summary>A part of a plan, to name what failed.</summary>
/// <param name="Name">For example <c>model 'frequency' (claim-count@3)</c>.</param>
/// <param name="End">One past its last instruction; it begins where the part before it ends.</param>
sealed record PlanPart(string Name, int End);
