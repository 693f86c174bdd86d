namespace Halley.Forecasting;

/// <summary>Ready-made forecasters.</summary>
public static class Forecasters
{
    /// <summary>What to use where nothing is known: exponential smoothing and dynamic optimised Theta, in the middle.</summary>
    public static IForecaster Default { get; } = new CombinationForecaster(new EtsForecaster(), new ThetaForecaster());
}
