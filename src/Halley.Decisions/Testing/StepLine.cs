namespace Halley.Decisions;

/// <summary>A step in the trace of a failed test case.</summary>
/// <param name="Actual">Its value, as JSON.</param>
/// <param name="Compared">The value that the case expects or that the baseline gave, as JSON; null where there is neither.</param>
public sealed record StepLine(string Step, string Actual, string? Compared)
{
    public bool Differs => Compared is not null && Compared != Actual;
}
