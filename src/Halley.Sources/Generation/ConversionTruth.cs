using static Halley.Kernels.VectorMath;

namespace Halley.Sources.Generation;

/// <summary>Probability that a quote is taken at a premium: logistic, steeper in price for those who compare.</summary>
static class ConversionTruth
{
    static readonly double[] level = [-1.15, -1.45, -1.95, -1.75, -1.40];
    static readonly double[] slope = [2.6, 3.6, 7.0, 5.2, 3.8];

    /// <remarks>Strictly falls in the premium. Dearer than the market, the slope grows by half.</remarks>
    public static double Of(in QuoteFacts quote, double premium)
    {
        var risk = quote.Risk;
        var dearer = Log(premium / quote.CompetitorPremium);
        var youth = FrequencyTruth.Youth(risk.DriverAge);
        var steepness = slope[risk.Channel] * (1 + 0.4 * youth - (risk.DriverAge > 60 ? 0.25 : 0));
        var price = -steepness * (dearer + 0.5 * Math.Max(0, dearer));
        return Logistic(
            level[risk.Channel]
                + price
                + (risk.DriverAge > 60 ? 0.35 : 0)
                + (risk.Cover == Codes.Cover.Comprehensive ? 0.15 : 0)
                - 0.15 * Math.Min(risk.PriorClaims, 3)
                + (quote.IsWeekend ? -0.12 : 0)
                + (risk.VehicleAge < 2 ? 0.2 : 0)
        );
    }
}
