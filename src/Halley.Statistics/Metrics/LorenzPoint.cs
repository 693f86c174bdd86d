namespace Halley.Statistics;

/// <summary>A point of a Lorenz curve.</summary>
/// <param name="ExposureShare">Share of the exposure with a lower predicted rate, 0 to 1.</param>
/// <param name="ActualShare">Its share of the actual amount, 0 to 1.</param>
public readonly record struct LorenzPoint(double ExposureShare, double ActualShare);
