namespace Halley.Boosting;

/// <summary>What a node was in training: not needed to score, kept to explain.</summary>
/// <param name="Gain">By how much its cut lowered the deviance, to second order; 0 in a leaf.</param>
/// <param name="Cover">Σ hessian of its learn rows.</param>
/// <param name="Rows">Its learn rows.</param>
readonly record struct NodeStatistics(double Gain, double Cover, double Rows);
