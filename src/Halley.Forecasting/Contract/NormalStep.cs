using Halley.Statistics;

namespace Halley.Forecasting;

/// <summary>A normal step.</summary>
public sealed record NormalStep(double Mean, double StandardDeviation) : IStepDistribution
{
    public double Quantile(double p) => Mean + StandardDeviation * NormalDistribution.Quantile(p);
}
