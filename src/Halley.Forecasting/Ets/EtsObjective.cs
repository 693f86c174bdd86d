using Halley.Kernels;

namespace Halley.Forecasting;

/// <summary>−2 log likelihood of one form as a function of unbounded variables.</summary>
/// <remarks>
/// Smoothing parameters go through logistic curves onto the usual bounds: α in (.0001, .9999), β below α, γ below 1 − α,
/// φ in (.8, .98). States are divided by scales on which one unit matters. The last season follows from the others' sum.
/// <code>x = [ α | β | γ | φ | level | slope | season 0 … season m−2 ], those the form has</code>
/// </remarks>
sealed class EtsObjective : IGradientObjective
{
    internal const double Lowest = 1e-4;
    internal const double Highest = 1 - 1e-4;
    internal const double LowestPhi = 0.8;
    internal const double HighestPhi = 0.98;

    readonly EtsForm form;
    readonly double[] y;
    readonly int m;
    readonly EtsRecursions recursions;
    readonly EtsTrack track;
    readonly double levelScale;
    readonly double slopeScale;
    readonly double seasonScale;

    internal EtsObjective(EtsForm form, double[] y, int m, EtsParameters start)
    {
        (this.form, this.y, this.m) = (form, y, form.HasSeason ? m : 1);
        recursions = EtsRecursions.Of(form);
        track = new(y.Length, this.m);
        track.Start(start);
        recursions.Forwards(y, new(0.3, form.HasTrend ? 0.03 : 0, form.HasSeason ? 0.1 : 0, 1), track);
        var squares = 0.0;
        for (var t = 0; t < y.Length; t++)
            squares += (y[t] - track.Fitted[t]) * (y[t] - track.Fitted[t]);
        var sigma = Math.Sqrt(squares / y.Length);
        if (!(sigma > 0 && double.IsFinite(sigma)))
            sigma = Math.Max(Math.Abs(start.Level), 1e-6);
        var relative = sigma / Math.Max(Math.Abs(start.Level), 1e-3 * sigma);
        levelScale = sigma;
        slopeScale = 0.1 * (form.Trend == EtsPart.Multiplicative ? relative : sigma);
        seasonScale = form.Season == EtsPart.Multiplicative ? relative : sigma;
    }

    internal int Length => form.SmoothingCount + form.StateCount(m);

    /// <summary>The variables that stand for these parameters.</summary>
    internal double[] Encode(EtsParameters parameters)
    {
        var (x, i) = (new double[Length], 0);
        x[i++] = Logit(parameters.Alpha, Lowest, Highest);
        if (form.HasTrend)
            x[i++] = Logit(parameters.Beta, Lowest, BetaLimit(parameters.Alpha));
        if (form.HasSeason)
            x[i++] = Logit(parameters.Gamma, Lowest, GammaLimit(parameters.Alpha));
        if (form.Damped)
            x[i++] = Logit(parameters.Phi, LowestPhi, HighestPhi);
        x[i++] = parameters.Level / levelScale;
        if (form.HasTrend)
            x[i++] = parameters.Slope / slopeScale;
        for (var s = 0; form.HasSeason && s < m - 1; s++)
            x[i++] = parameters.Season[s] / seasonScale;
        return x;
    }

    /// <summary>Whether the recursion from these parameters stays in the form's domain.</summary>
    internal bool Allows(EtsParameters parameters) => double.IsFinite(Evaluate(Encode(parameters), new double[Length]));

    /// <summary>The parameters that the variables stand for.</summary>
    internal EtsParameters Decode(ReadOnlySpan<double> x)
    {
        var by = Smoothing(x, out var i, out _);
        var (level, slope) = States(x, ref i);
        var season = form.HasSeason ? new double[m] : [];
        if (form.HasSeason)
            FillSeason(x[i..], season);
        return new()
        {
            Alpha = by.Alpha,
            Beta = by.Beta,
            Gamma = by.Gamma,
            Phi = by.Phi,
            Level = level,
            Slope = slope,
            Season = season,
        };
    }

    public double Evaluate(ReadOnlySpan<double> x, Span<double> gradient)
    {
        var by = Smoothing(x, out var i, out var slopes);
        (track.Level[0], track.Slope[0]) = States(x, ref i);
        if (form.HasSeason)
            FillSeason(x[i..], track.Season.AsSpan(0, m));
        if (!EtsAdmissible.Holds(form, by, m) || !StartIsAllowed())
            return double.PositiveInfinity;
        recursions.Forwards(y, by, track);
        if (!TrackIsAllowed())
            return double.PositiveInfinity;
        var multiplicative = form.Error == EtsPart.Multiplicative;
        var value = EtsLikelihood.MinusTwoLog(multiplicative, y, track);
        if (!double.IsFinite(value))
            return double.PositiveInfinity;
        EtsLikelihood.Derivatives(multiplicative, y, track);
        var (smoothing, level, slope) = recursions.Backwards(y, by, track);
        WriteGradient(gradient, smoothing, slopes, level, slope);
        return value;
    }

    void WriteGradient(Span<double> gradient, EtsSmoothing bar, EtsSmoothing slopes, double level, double slope)
    {
        var i = 0;
        // α moves the limits of β and γ as well.
        var alphaBar = bar.Alpha;
        var alphaAt = i++;
        if (form.HasTrend)
        {
            alphaBar += bar.Beta * betaByAlpha;
            gradient[i++] = bar.Beta * slopes.Beta;
        }
        if (form.HasSeason)
        {
            alphaBar += bar.Gamma * gammaByAlpha;
            gradient[i++] = bar.Gamma * slopes.Gamma;
        }
        gradient[alphaAt] = alphaBar * slopes.Alpha;
        if (form.Damped)
            gradient[i++] = bar.Phi * slopes.Phi;
        gradient[i++] = level * levelScale;
        if (form.HasTrend)
            gradient[i++] = slope * slopeScale;
        var last = form.HasSeason ? track.SeasonBar[m - 1] : 0;
        for (var s = 0; form.HasSeason && s < m - 1; s++)
            gradient[i++] = (track.SeasonBar[s] - last) * seasonScale;
    }

    double betaByAlpha;
    double gammaByAlpha;

    EtsSmoothing Smoothing(ReadOnlySpan<double> x, out int next, out EtsSmoothing slopes)
    {
        var i = 0;
        slopes = default;
        var (alpha, beta, gamma, phi) = (0.0, 0.0, 0.0, 1.0);
        (alpha, slopes.Alpha, _) = Bounded(x[i++], Lowest, Highest);
        if (form.HasTrend)
            (beta, slopes.Beta, betaByAlpha) = Bounded(x[i++], Lowest, BetaLimit(alpha));
        if (form.HasSeason)
        {
            (gamma, slopes.Gamma, gammaByAlpha) = Bounded(x[i++], Lowest, GammaLimit(alpha));
            gammaByAlpha = -gammaByAlpha;
        }
        if (form.Damped)
            (phi, slopes.Phi, _) = Bounded(x[i++], LowestPhi, HighestPhi);
        next = i;
        return new(alpha, beta, gamma, phi);
    }

    (double Level, double Slope) States(ReadOnlySpan<double> x, ref int i)
    {
        var level = x[i++] * levelScale;
        return (level, form.HasTrend ? x[i++] * slopeScale : 0);
    }

    void FillSeason(ReadOnlySpan<double> x, Span<double> season)
    {
        var last = form.Season == EtsPart.Multiplicative ? (double)m : 0;
        for (var s = 0; s < m - 1; s++)
        {
            season[s] = x[s] * seasonScale;
            last -= season[s];
        }
        season[m - 1] = last;
    }

    bool StartIsAllowed()
    {
        if (form.Trend == EtsPart.Multiplicative && !(track.Level[0] > 0 && track.Slope[0] > 0))
            return false;
        return form.Season != EtsPart.Multiplicative || Reduce.Min(track.Season.AsSpan(0, m)) > 0;
    }

    /// <summary>Multiplicative parts must stay above 0 all along.</summary>
    bool TrackIsAllowed()
    {
        if (form.Trend == EtsPart.Multiplicative && !(Reduce.Min(track.Level) > 0 && Reduce.Min(track.Slope) > 0))
            return false;
        if (form.Season == EtsPart.Multiplicative && !(Reduce.Min(track.Season) > 0))
            return false;
        return form.Error != EtsPart.Multiplicative || Reduce.Min(track.Fitted) > 0;
    }

    static double BetaLimit(double alpha) => Math.Max(Math.Min(Highest, alpha), Lowest);

    static double GammaLimit(double alpha) => Math.Max(Math.Min(Highest, 1 - alpha), Lowest);

    /// <summary>Value between the bounds, its derivative by x, and by the upper bound.</summary>
    static (double Value, double Slope, double ByUpper) Bounded(double x, double lower, double upper)
    {
        var share = VectorMath.Logistic(x);
        return (lower + (upper - lower) * share, (upper - lower) * share * (1 - share), share);
    }

    static double Logit(double value, double lower, double upper)
    {
        var share = upper > lower ? Math.Clamp((value - lower) / (upper - lower), 1e-6, 1 - 1e-6) : 0.5;
        return VectorMath.Log(share / (1 - share));
    }
}
