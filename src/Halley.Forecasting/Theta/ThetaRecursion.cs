namespace Halley.Forecasting;

/// <summary>The Theta models' recursion over values without season.</summary>
/// <remarks>
/// μ_t = ℓ_{t−1} + (1 − 1/θ)·((1 − α)^{t−1}·A + (1 − (1 − α)^t)/α·B), ℓ_t = αy_t + (1 − α)ℓ_{t−1}, with A and B of the line through
/// all values, or through those before t (dynamic). Source: Fiorucci, Pellegrini, Louzada, Petropoulos and Koehler (2016),
/// Int. J. Forecasting 32(4), 1151–1161, eqs. 3 to 10.
/// </remarks>
sealed class ThetaRecursion(ThetaVariant variant, double[] y, double alpha)
{
    double power = 1;

    internal bool IsDynamic => variant is ThetaVariant.DynamicStandard or ThetaVariant.DynamicOptimised;

    internal double Level { get; private set; }

    internal double Mean { get; private set; }

    internal double Intercept { get; private set; }

    internal double Slope { get; private set; }

    /// <summary>Weight (1 − α)^t that the level before the first step still has.</summary>
    internal double StartWeight => power;

    /// <summary>What μ of the next step has beside the level, for θ → ∞.</summary>
    internal double Line => power * Intercept + (1 - power * (1 - alpha)) / alpha * Slope;

    internal ThetaRecursion Copy() => (ThetaRecursion)MemberwiseClone();

    internal void Start(double level)
    {
        power = 1;
        (Level, Mean) = (level, 0);
        if (IsDynamic)
            return;
        (Intercept, Slope) = EtsStart.Line(y);
    }

    /// <summary>Takes the value of step <paramref name="t"/>, from 0.</summary>
    internal void Take(int t, double value)
    {
        Level = alpha * value + (1 - alpha) * Level;
        power *= 1 - alpha;
        var before = Mean;
        Mean = (t * before + value) / (t + 1);
        if (!IsDynamic)
            return;
        Slope = t == 0 ? 0 : ((t - 1) * Slope + 6 * (value - before) / (t + 1)) / (t + 2);
        Intercept = t == 0 ? value : Mean - Slope * (t + 2) / 2;
    }
}
