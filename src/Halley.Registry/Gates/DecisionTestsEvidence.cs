namespace Halley.Registry;

/// <summary>Result of the decision's unit tests.</summary>
public sealed record DecisionTestsEvidence : GateEvidence
{
    public required int Total { get; init; }

    /// <summary>Names of the tests that failed.</summary>
    public required IReadOnlyList<string> Failed { get; init; }
}
