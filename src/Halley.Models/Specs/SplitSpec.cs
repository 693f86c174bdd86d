namespace Halley.Models;

/// <summary>Which rows a model learns on, which decide when to stop, and which only measure it.</summary>
public abstract record SplitSpec
{
    /// <summary>Share of the learn rows set apart as validation, drawn by <see cref="Keys"/> or row. Range [0, 1). Default 0.</summary>
    public double ValidationShare { get; init; }

    /// <summary>Columns that make the id (of policy or customer) whose rows stay together in random draws; none to draw row by row.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>Share of the learn rows that a fit reads, drawn as the validation is; the others are left out, and the test stays whole. Range (0, 1]. Null for all.</summary>
    public double? LearnShare { get; init; }

    /// <summary>Every problem of this split, each a sentence.</summary>
    internal abstract IEnumerable<string> Problems();

    private protected IEnumerable<string> ShareProblems()
    {
        if (!(ValidationShare >= 0 && ValidationShare < 1))
            yield return $"split: the validation share is {ModelSpecText.Of(ValidationShare)}; it must be at least 0 and below 1.";
        if (LearnShare is { } share && !(share > 0 && share <= 1))
            yield return $"split: the share of learn rows is {ModelSpecText.Of(share)}; it must be above 0 and at most 1.";
    }
}
