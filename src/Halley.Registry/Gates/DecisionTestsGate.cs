namespace Halley.Registry;

/// <summary>The decision's unit tests pass.</summary>
public sealed record DecisionTestsGate : Gate
{
    public DecisionTestsGate() => Guards = EveryPlace;

    /// <summary>A release with fewer tests does not pass. Range: at least 1. Default 1.</summary>
    public int MinimumTests { get; init; } = 1;

    public override IEnumerable<string> Validate() =>
        MinimumTests < 1 ? [$"minimum_tests is {MinimumTests}; at least 1 is needed"] : [];

    public override GateResult Judge(GateEvidence? evidence)
    {
        if (evidence is not DecisionTestsEvidence tests)
            return Fail("The decision's tests were not run.", "Run 'halley test', or promote where the tests are at hand.");
        if (tests.Total < MinimumTests)
        {
            return Fail(
                $"The decision has {tests.Total} tests, {MinimumTests} are needed.",
                "Write more test cases for the decision.",
                tests.Total,
                MinimumTests
            );
        }
        return tests.Failed.Count == 0
            ? Pass($"All {tests.Total} tests of the decision passed.", tests.Total, MinimumTests)
            : Fail(
                $"{tests.Failed.Count} of {tests.Total} tests failed: {string.Join(", ", tests.Failed)}.",
                "See the steps that differ with 'halley test', and correct the decision or the test.",
                tests.Failed.Count,
                0
            );
    }
}
