namespace Halley.Forecasting;

/// <summary>How the error, the trend or the season of exponential smoothing enters.</summary>
public enum EtsPart
{
    None,
    Additive,
    Multiplicative,
}
