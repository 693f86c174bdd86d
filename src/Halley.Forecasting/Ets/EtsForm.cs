using System.Diagnostics.CodeAnalysis;

namespace Halley.Forecasting;

/// <summary>Form of an exponential smoothing model: error, trend, season, each written A, M or N; <c>d</c> for a damped trend.</summary>
/// <remarks>Source: Hyndman, Koehler, Ord and Snyder (2008), Forecasting with Exponential Smoothing, ch. 2.</remarks>
public readonly record struct EtsForm(EtsPart Error, EtsPart Trend, EtsPart Season, bool Damped)
{
    public bool HasTrend => Trend != EtsPart.None;

    public bool HasSeason => Season != EtsPart.None;

    /// <summary>Only values above 0 can be fitted.</summary>
    public bool NeedsPositive =>
        Error == EtsPart.Multiplicative || Trend == EtsPart.Multiplicative || Season == EtsPart.Multiplicative;

    /// <summary>The variance of a forecast may be infinite, and the recursion divides by values that can near 0.</summary>
    public bool IsUnstable =>
        Error == EtsPart.Additive && (Trend == EtsPart.Multiplicative || Season == EtsPart.Multiplicative)
        || Error == EtsPart.Multiplicative && Trend == EtsPart.Multiplicative && Season == EtsPart.Additive;

    /// <summary>Smoothing parameters α, β, γ, φ that the form has.</summary>
    public int SmoothingCount => 1 + (HasTrend ? 1 : 0) + (HasSeason ? 1 : 0) + (Damped ? 1 : 0);

    /// <summary>Free initial states: level, slope, and the season less one.</summary>
    public int StateCount(int season) => 1 + (HasTrend ? 1 : 0) + (HasSeason ? season - 1 : 0);

    /// <summary>All 30 forms.</summary>
    public static IReadOnlyList<EtsForm> All { get; } =
    [
        .. from error in new[] { EtsPart.Additive, EtsPart.Multiplicative }
        from trend in new[] { EtsPart.None, EtsPart.Additive, EtsPart.Multiplicative }
        from damped in trend == EtsPart.None ? new[] { false } : [false, true]
        from season in new[] { EtsPart.None, EtsPart.Additive, EtsPart.Multiplicative }
        select new EtsForm(error, trend, season, damped),
    ];

    /// <summary>Reads <c>MAdM</c>, <c>AAN</c> or <c>A,Ad,N</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out EtsForm? form)
    {
        var letters = text.Replace(",", "", StringComparison.Ordinal);
        form = All.Where(known => known.Letters == letters).Select(known => (EtsForm?)known).FirstOrDefault();
        return form is not null;
    }

    /// <summary>Such as <c>MAdM</c>.</summary>
    public string Letters => $"{Letter(Error)}{Letter(Trend)}{(Damped ? "d" : "")}{Letter(Season)}";

    /// <summary>Such as <c>ETS(M,Ad,M)</c>.</summary>
    public override string ToString() => $"ETS({Letter(Error)},{Letter(Trend)}{(Damped ? "d" : "")},{Letter(Season)})";

    static char Letter(EtsPart part) => part.ToString()[0];
}
