namespace Halley.Decisions;

/// <summary>One thing in which an answer is not as a test case wants it.</summary>
/// <param name="What">For example <c>output 'premium'</c>.</param>
public sealed record CaseDifference(string What, string Expected, string Actual)
{
    public override string ToString() => $"{What}: expected {Expected}, found {Actual}";
}
