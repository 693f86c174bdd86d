namespace Halley.Models;

/// <summary>Test rows drawn at random by <see cref="SplitSpec.Keys"/> or row, from the spec's seed.</summary>
public sealed record RandomSplit : SplitSpec
{
    /// <summary>Share of rows (or keys) to test on. Range [0, 1). Default 0.2.</summary>
    public double TestShare { get; init; } = 0.2;

    internal override IEnumerable<string> Problems()
    {
        foreach (var problem in ShareProblems())
            yield return problem;
        if (!(TestShare >= 0 && TestShare < 1))
            yield return $"split: the test share is {ModelSpecText.Of(TestShare)}; it must be at least 0 and below 1.";
    }
}
