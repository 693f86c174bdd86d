namespace Halley.Forecasting;

/// <summary>Parameters of a count model.</summary>
/// <param name="Discount">What a step leaves of the weight of the past, in (0, 1]: 1 is a rate that never changes.</param>
/// <param name="Growth">Growth of the rate a step, on the log scale.</param>
/// <param name="Season">Factors of the positions of the season, mean 1; empty for none.</param>
public sealed record CountParameters(double Discount, double Growth, double[] Season);
