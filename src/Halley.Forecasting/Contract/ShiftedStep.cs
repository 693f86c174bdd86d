namespace Halley.Forecasting;

/// <summary>A step moved by a known amount.</summary>
public sealed record ShiftedStep(IStepDistribution Step, double Shift) : IStepDistribution
{
    public double Quantile(double p) => Step.Quantile(p) + Shift;
}
