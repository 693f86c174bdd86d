namespace Halley.Models;

/// <summary>A model against the first of the comparison, row by row.</summary>
public sealed record PairedDifference
{
    /// <summary>Mean deviance less the first model's, with the paired t interval: negative where this model is better.</summary>
    public Figure? Deviance { get; init; }

    /// <summary>Gini less the first model's, with a paired bootstrap interval: positive where this model is better.</summary>
    public Figure? Gini { get; init; }

    /// <summary>Of classes: mean log loss less the first model's, with the paired t interval: negative where this model is better.</summary>
    public Figure? LogLoss { get; init; }

    /// <summary>Of classes: Brier score less the first model's, likewise.</summary>
    public Figure? Brier { get; init; }

    /// <summary>Of classes: share of rows whose class is the most likely one, less the first model's: positive where this model is better.</summary>
    public Figure? Accuracy { get; init; }

    /// <summary>Each class against the rest; null for models that predict a number.</summary>
    public IReadOnlyList<ClassDifference>? Classes { get; init; }

    /// <summary>Bands of equal exposure by rising this/first prediction; of classes each has its own.</summary>
    public required IReadOnlyList<DoubleLiftResult> DoubleLift { get; init; }
}
