namespace Halley.Data;

/// <summary>How far a fit has come.</summary>
/// <param name="Stage">What is being done, in words a user knows.</param>
/// <param name="Fraction">Share of the work done, 0 to 1.</param>
/// <param name="Detail">Latest figure worth showing, or null.</param>
public readonly record struct FitProgress(string Stage, double Fraction, string? Detail = null);
