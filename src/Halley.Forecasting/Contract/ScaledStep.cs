namespace Halley.Forecasting;

/// <summary>A step times a number above 0.</summary>
public sealed record ScaledStep(IStepDistribution Step, double Factor) : IStepDistribution
{
    public double Quantile(double p) => Step.Quantile(p) * Factor;
}
