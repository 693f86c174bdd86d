namespace Halley.Forecasting;

/// <summary>Parameters of a Theta model.</summary>
/// <param name="Level">Smoothed level before the first step.</param>
/// <param name="Alpha">Smoothing, 0.1 to 0.99.</param>
/// <param name="Theta">At least 1, +∞ allowed; 2 is the classical method.</param>
public sealed record ThetaParameters(double Level, double Alpha, double Theta);
