namespace Halley.Models;

/// <summary>What to do with missing values and unseen levels of one input or derived feature.</summary>
/// <param name="Name">An input of the model, or a derived feature.</param>
/// <param name="WhenMissing">Null for the learner's default: a GLM rejects, boosting takes missing as information.</param>
/// <param name="WhenUnseen">For levels that were not there when the model was fitted. Null for the learner's default: a GLM rejects, boosting takes them as missing.</param>
public sealed record FeatureRule(string Name, ValueRule? WhenMissing = null, ValueRule? WhenUnseen = null);
