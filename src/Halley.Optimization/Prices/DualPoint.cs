namespace Halley.Optimization;

/// <summary>The dual at one set of multipliers, and the plan that is best for them.</summary>
/// <param name="Value">Σᵢ maxₖ (profit − Σ multiplier × use) + Σ multiplier × bound.</param>
/// <param name="Profit">Profit of that plan.</param>
/// <param name="Use">What the plan uses of every limit; bound − use is a subgradient.</param>
/// <param name="Curvature">How the use is expected to answer to the multipliers, shape (limits, limits); null where not asked for.</param>
sealed record DualPoint(double[] Multipliers, double Value, double Profit, double[] Use, double[,]? Curvature);
