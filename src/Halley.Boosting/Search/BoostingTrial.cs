namespace Halley.Boosting;

/// <summary>Settings that were tried.</summary>
/// <param name="Number">From 1 on; 1 are the settings that were given.</param>
/// <param name="Options">With the rounds that were best, where all folds were fitted.</param>
/// <param name="Deviance">Mean deviance by weight of held-out rows, over the folds that were fitted, at the rounds that are best for all of them.</param>
/// <param name="Rounds">Those rounds.</param>
/// <param name="Folds">Folds that were fitted: fewer than all where the settings were hopeless.</param>
/// <param name="IsComplete">Whether all folds were fitted.</param>
public sealed record BoostingTrial(int Number, BoostingOptions Options, double Deviance, int Rounds, int Folds, bool IsComplete);
