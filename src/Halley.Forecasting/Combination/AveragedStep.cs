namespace Halley.Forecasting;

/// <summary>A step whose quantiles are the means of several steps' quantiles (Vincent's average).</summary>
/// <remarks>Source: Ratcliff (1979), Psychological Bulletin 86(3), 446–461: unlike a mixture it keeps the members' shape.</remarks>
public sealed record AveragedStep(IReadOnlyList<IStepDistribution> Members) : IStepDistribution
{
    public double Quantile(double p) => Members.Average(member => member.Quantile(p));
}
