namespace Halley.Forecasting;

/// <summary>The four smoothing parameters, or their derivatives.</summary>
record struct EtsSmoothing(double Alpha, double Beta, double Gamma, double Phi);
