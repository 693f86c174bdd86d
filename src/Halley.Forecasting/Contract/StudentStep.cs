using Halley.Statistics;

namespace Halley.Forecasting;

/// <summary>A shifted and scaled Student step: the spread itself is estimated from few values.</summary>
public sealed record StudentStep(double Mean, double Scale, double DegreesOfFreedom) : IStepDistribution
{
    public double Quantile(double p) => Mean + Scale * StudentDistribution.Quantile(p, DegreesOfFreedom);
}
