using static Halley.Kernels.VectorMath;

namespace Halley.Sources.Generation;

/// <summary>The cheapest offer of the market: it knows the frequency, the cost roughly, and not what we know better.</summary>
static class Market
{
    static readonly double[] coverCost = [2_030, 1_460, 1_640];

    /// <summary>EUR a year, from a standard normal number and the level of amounts.</summary>
    public static double Premium(in Risk risk, double normal, double amountLevel)
    {
        var cost = coverCost[risk.Cover] * Pow(risk.VehicleValue / 9_000, risk.Cover == Codes.Cover.Comprehensive ? 0.35 : 0.12);
        var purePremium = FrequencyTruth.Of(risk) * cost * amountLevel;
        // Cheap risks pay relatively more: part of every premium is expenses.
        return Math.Round(60 + 1.18 * purePremium * Exp(0.16 * normal - 0.0128), 2);
    }
}
