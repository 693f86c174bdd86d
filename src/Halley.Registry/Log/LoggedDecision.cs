namespace Halley.Registry;

/// <summary>A decision with all that refers to it, oldest first.</summary>
public sealed record LoggedDecision(
    DecisionRecord Decision,
    IReadOnlyList<ShadowRecord> Shadows,
    IReadOnlyList<OutcomeRecord> Outcomes
);
