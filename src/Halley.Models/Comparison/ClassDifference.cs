namespace Halley.Models;

/// <summary>A class's probability by one model against that of the first, over the same rows.</summary>
/// <param name="Auc">Area under the ROC curve against all other classes, less the first model's; positive where this model is better.</param>
/// <param name="DoubleLift">Bands of equal weight by rising this/first probability.</param>
public sealed record ClassDifference(string Name, Figure? Auc, IReadOnlyList<DoubleLiftResult> DoubleLift);
