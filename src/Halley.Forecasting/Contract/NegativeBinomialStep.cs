using Halley.Statistics;

namespace Halley.Forecasting;

/// <summary>A count whose rate is gamma distributed: never negative, always whole.</summary>
/// <param name="Size">Shape r of the rate; the variance is mean + mean²/r.</param>
public sealed record NegativeBinomialStep(double Mean, double Size) : IStepDistribution
{
    public double Variance => Mean * (1 + Mean / Size);

    /// <summary>Least whole number whose cumulative probability reaches <paramref name="p"/>.</summary>
    public double Quantile(double p)
    {
        if (!(Mean > 0) || !(p > 0))
            return 0;
        if (p >= 1)
            return double.PositiveInfinity;
        var (below, above) = (-1.0, Math.Ceiling(Mean + 1));
        while (Cumulative(above) < p)
            (below, above) = (above, 2 * above + 1);
        while (above - below > 1)
        {
            var middle = Math.Floor(0.5 * (below + above));
            (below, above) = Cumulative(middle) < p ? (middle, above) : (below, middle);
        }
        return above;
    }

    double Cumulative(double k) => BetaDistribution.Cumulative(Size / (Size + Mean), Size, k + 1);
}
