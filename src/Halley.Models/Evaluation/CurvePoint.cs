namespace Halley.Models;

/// <summary>A point of the Lorenz curve.</summary>
/// <param name="ExposureShare">Share of the exposure with a lower prediction, 0 to 1.</param>
/// <param name="ActualShare">Its share of the actual total, 0 to 1.</param>
public readonly record struct CurvePoint(double ExposureShare, double ActualShare);
