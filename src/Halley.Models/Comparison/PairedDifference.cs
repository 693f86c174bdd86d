namespace Halley.Models;

/// <summary>A model against the first of the comparison, row by row.</summary>
public sealed record PairedDifference
{
    /// <summary>Mean deviance less the first model's, with the paired t interval: negative where this model is better.</summary>
    public Figure? Deviance { get; init; }

    /// <summary>Gini less the first model's, with a paired bootstrap interval: positive where this model is better.</summary>
    public Figure? Gini { get; init; }

    /// <summary>Bands of equal exposure by rising this/first prediction.</summary>
    public required IReadOnlyList<DoubleLiftResult> DoubleLift { get; init; }
}
