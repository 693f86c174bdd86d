namespace Halley.Glm;

/// <summary>Sums over rows.</summary>
/// <param name="Deviance">Σ w·d(y, μ).</param>
/// <param name="Pearson">Σ w·(y − μ)²/V(μ).</param>
/// <param name="OutsideDomain">Rows whose mean the family does not allow.</param>
readonly record struct RowSums(double Deviance, double Pearson, int OutsideDomain);
