namespace Halley.Forecasting;

/// <summary>A step whose quantiles are weighted means of several steps' quantiles.</summary>
/// <param name="Weights">Shape (members), adding up to 1.</param>
public sealed record WeightedStep(IReadOnlyList<IStepDistribution> Members, double[] Weights) : IStepDistribution
{
    public double Quantile(double p)
    {
        var sum = 0.0;
        for (var i = 0; i < Weights.Length; i++)
            sum += Weights[i] * Members[i].Quantile(p);
        return sum;
    }
}
