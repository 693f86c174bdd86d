using System.Text;

namespace Halley.Decisions;

/// <summary>The result of one test case.</summary>
/// <param name="Steps">Trace of the answer, for a failed case; empty for one that passed or was refused.</param>
public sealed record DecisionTestResult(string Name, IReadOnlyList<CaseDifference> Differences, IReadOnlyList<StepLine> Steps)
{
    public bool Passed => Differences.Count == 0;

    /// <summary>What differs, and a line for each step: the value found, and beside it the one expected or the baseline's where it differs.</summary>
    public string Report()
    {
        var text = new StringBuilder();
        text.Append(Passed ? "passed: " : "FAILED: ").Append(Name).Append('\n');
        foreach (var difference in Differences)
            text.Append("  ").Append(difference).Append('\n');
        if (Steps.Count == 0)
            return text.ToString();
        var width = Steps.Max(step => step.Step.Length);
        text.Append("  steps:\n");
        foreach (var step in Steps)
        {
            text.Append(step.Differs ? "  ≠ " : "    ").Append(step.Step.PadRight(width)).Append("  ").Append(step.Actual);
            if (step.Differs)
                text.Append("  (").Append(step.Compared).Append(')');
            text.Append('\n');
        }
        return text.ToString();
    }
}
