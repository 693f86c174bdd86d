namespace Halley.Boosting;

/// <summary>How much the trees use a feature.</summary>
/// <param name="Gain">By how much its cuts lowered the deviance of the learn rows, to second order, before the learning rate.</param>
/// <param name="Cover">Σ hessian of the learn rows that passed through its cuts.</param>
/// <param name="Cuts">Number of its cuts.</param>
public sealed record FeatureImportance(string Feature, double Gain, double Cover, int Cuts);
