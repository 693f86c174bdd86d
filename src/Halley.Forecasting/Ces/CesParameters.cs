namespace Halley.Forecasting;

/// <summary>Smoothing parameters of complex exponential smoothing, α₀ + iα₁ of the level and β₀ + iβ₁ of the season.</summary>
public readonly record struct CesParameters(double Alpha0, double Alpha1, double Beta0 = 0, double Beta1 = 0);
