namespace Halley.Statistics;

/// <summary>What the dispersion in a log likelihood rests on, summed over rows.</summary>
/// <param name="RowCount">Rows with a positive weight.</param>
public readonly record struct LikelihoodTotals(double Deviance, double RowCount, double WeightSum);
