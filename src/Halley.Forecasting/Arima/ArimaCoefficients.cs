namespace Halley.Forecasting;

/// <summary>Coefficients of a seasonal ARIMA model with regressors.</summary>
public sealed record ArimaCoefficients
{
    /// <summary>φ₁ … φ_p: y_t = Σ φ_i y_(t−i) + …</summary>
    public double[] Ar { get; init; } = [];

    /// <summary>θ₁ … θ_q: … + ε_t + Σ θ_i ε_(t−i).</summary>
    public double[] Ma { get; init; } = [];

    public double[] SeasonalAr { get; init; } = [];

    public double[] SeasonalMa { get; init; } = [];

    /// <summary>The constant, where the model has one, then one of each regressor.</summary>
    public double[] Linear { get; init; } = [];
}
