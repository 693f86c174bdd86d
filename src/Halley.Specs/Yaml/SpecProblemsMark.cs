namespace Halley.Specs;

/// <summary>Tells whether problems were added since it was made.</summary>
readonly struct SpecProblemsMark(SpecProblems problems)
{
    readonly int count = problems.Count;

    public bool IsUnchanged => problems.Count == count;
}
