namespace Halley.Decisions;

/// <summary>One thing wrong with a definition.</summary>
/// <param name="Code">Stable code, HLY12xx or HLY40xx.</param>
/// <param name="Message">Place, value and remedy, without the code.</param>
public sealed record DecisionProblem(string Code, string Message)
{
    public override string ToString() => $"{Code}: {Message}";
}
