using System.Globalization;

namespace Halley.Forecasting;

/// <summary>Orders of a seasonal ARIMA model, φ(B)Φ(Bᵐ)(1 − B)ᵈ(1 − Bᵐ)ᴰ y = θ(B)Θ(Bᵐ) ε.</summary>
/// <param name="P">Order of φ, at least 0.</param>
/// <param name="D">Differences, 0 to 2.</param>
/// <param name="Q">Order of θ, at least 0.</param>
/// <param name="SeasonalP">Order of Φ.</param>
/// <param name="SeasonalD">Seasonal differences, 0 to 2.</param>
/// <param name="SeasonalQ">Order of Θ.</param>
/// <param name="Season">m, 1 without season.</param>
/// <param name="Constant">A mean where nothing is differenced, a drift where d + D = 1; none above.</param>
public readonly record struct ArimaOrder(
    int P,
    int D,
    int Q,
    int SeasonalP = 0,
    int SeasonalD = 0,
    int SeasonalQ = 0,
    int Season = 1,
    bool Constant = false
)
{
    /// <summary>Values that differencing takes.</summary>
    public int Lost => D + SeasonalD * Season;

    /// <summary>Longest lag of the values in the expanded model.</summary>
    internal int ArLength => P + SeasonalP * Season;

    /// <summary>Longest lag of the errors in the expanded model.</summary>
    internal int MaLength => Q + SeasonalQ * Season;

    /// <summary>Coefficients of φ, θ, Φ and Θ.</summary>
    internal int Coefficients => P + Q + SeasonalP + SeasonalQ;

    internal bool HasConstant => Constant && D + SeasonalD < 2;

    public override string ToString()
    {
        var constant =
            !HasConstant ? ""
            : D + SeasonalD == 0 ? " with mean"
            : " with drift";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"ARIMA({P},{D},{Q}){(Season > 1 ? $"({SeasonalP},{SeasonalD},{SeasonalQ})[{Season}]" : "")}{constant}"
        );
    }
}
