namespace Halley.Boosting;

/// <summary>A leaf's linear model: constant + Σ coefficient · column.</summary>
sealed record ForeignLinear(double Constant, int[] Columns, double[] Coefficients);
