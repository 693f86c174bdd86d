using Halley.Kernels;

namespace Halley.Forecasting;

/// <summary>Finds the parameters of greatest likelihood of one form.</summary>
static class EtsSearch
{
    // Starts (α, β/α, φ) that end in different valleys: a level that hardly moves, one that follows the values, a slope that does.
    static readonly (double Alpha, double BetaShare, double Phi)[] Starts =
    [
        (0.05, 0.1, 0.97),
        (0.5, 0.1, 0.97),
        (0.9, 0.7, 0.88),
    ];

    /// <summary>The fit, or null where no start lies in the form's domain.</summary>
    /// <param name="thorough">All three starts, not the two that nearly always suffice.</param>
    internal static EtsFit? Fit(EtsForm form, double[] y, int m, bool thorough)
    {
        var start = EtsStart.Of(form, y, m);
        var objective = new EtsObjective(form, y, m, start);
        if (Starts.All(smoothing => !objective.Allows(Smoothed(form, start, smoothing))))
            start = Flat(form, y, m);
        var (best, lowest) = ((double[]?)null, double.PositiveInfinity);
        foreach (var smoothing in thorough ? Starts : Starts[..2])
        {
            var (x, value, _) = QuasiNewton.Minimise(objective, objective.Encode(Smoothed(form, start, smoothing)), new());
            if (value < lowest)
                (best, lowest) = (x, value);
        }
        return best is null ? null : EtsFit.At(form, objective.Decode(best), y, m);
    }

    static EtsParameters Smoothed(EtsForm form, EtsParameters start, (double Alpha, double BetaShare, double Phi) smoothing) =>
        start with
        {
            Alpha = smoothing.Alpha,
            Beta = form.HasTrend ? smoothing.BetaShare * smoothing.Alpha : 0,
            Gamma = form.HasSeason ? 0.1 * (1 - smoothing.Alpha) : 0,
            Phi = form.Damped ? smoothing.Phi : 1,
        };

    /// <summary>No trend and no season at the mean level: inside the domain of every form that the values are.</summary>
    static EtsParameters Flat(EtsForm form, double[] y, int m)
    {
        var season = form.HasSeason ? new double[m] : [];
        Array.Fill(season, form.Season == EtsPart.Multiplicative ? 1 : 0);
        return new()
        {
            Alpha = 0.1,
            Level = Reduce.Sum(y) / y.Length,
            Slope = form.Trend == EtsPart.Multiplicative ? 1 : 0,
            Season = season,
        };
    }
}
