using Halley.Kernels;

namespace Halley.Forecasting;

/// <summary>An exponential smoothing model at its parameters, run over one series.</summary>
public sealed class EtsFit : SeriesFit
{
    readonly double[] fitted;

    EtsFit(EtsForm form, EtsParameters parameters, double[] y, int m)
    {
        (EtsForm, Parameters, Period, fitted) = (form, parameters, m, []);
        var track = new EtsTrack(y.Length, m);
        track.Start(parameters);
        EtsRecursions.Of(form).Forwards(y, new(parameters.Alpha, parameters.Beta, parameters.Gamma, parameters.Phi), track);
        fitted = track.Fitted;
        var multiplicative = form.Error == EtsPart.Multiplicative;
        LogLikelihood = -0.5 * EtsLikelihood.MinusTwoLog(multiplicative, y, track);
        Residuals = new double[y.Length];
        for (var t = 0; t < y.Length; t++)
            Residuals[t] = multiplicative ? (y[t] - fitted[t]) / fitted[t] : y[t] - fitted[t];
        Last = parameters with
        {
            Level = track.Level[^1],
            Slope = track.Slope[^1],
            Season = form.HasSeason ? track.Season[^m..] : [],
        };
        var n = y.Length;
        ParameterCount = form.SmoothingCount + form.StateCount(m) + 1;
        Sigma2 = Reduce.Dot(Residuals, Residuals) / Math.Max(1, n - ParameterCount);
        Aicc =
            n - ParameterCount - 1 > 0
                ? -2 * LogLikelihood + 2.0 * ParameterCount * n / (n - ParameterCount - 1)
                : double.PositiveInfinity;
    }

    public EtsForm EtsForm { get; }

    public EtsParameters Parameters { get; }

    /// <summary>Length of the season, 1 without.</summary>
    public int Period { get; }

    /// <summary>Without constants: comparable only between exponential smoothing models of one series.</summary>
    public double LogLikelihood { get; }

    /// <summary>Smoothing parameters, free initial states, and the variance.</summary>
    public int ParameterCount { get; }

    /// <summary>Akaike's criterion with the correction for short series; +∞ where the series is too short for it.</summary>
    public double Aicc { get; }

    /// <summary>Σe²/(n − k), relative for multiplicative errors.</summary>
    public double Sigma2 { get; }

    /// <summary>Shape (n), relative for multiplicative errors.</summary>
    public double[] Residuals { get; }

    /// <summary>The parameters with the states after the last step; the season's first entry belongs to the next step.</summary>
    public EtsParameters Last { get; }

    public override string Form => EtsForm.ToString();

    public override double[] Fitted => fitted;

    /// <summary>The model of one form at given parameters, run over the values.</summary>
    internal static EtsFit At(EtsForm form, EtsParameters parameters, double[] y, int m) =>
        new(form, parameters, y, form.HasSeason ? m : 1);

    /// <remarks>The mean is the recursion's own path: what errors of zero give, also for damped trends.</remarks>
    public override SeriesForecast Forecast(int horizon, SeriesFuture? future = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        var path = EtsPaths.Mean(this, horizon);
        if (EtsMoments.Linear(this, path) is { } sd)
            return SeriesForecast.Normal(path, sd);
        if (EtsProductMoments.Apply(EtsForm))
        {
            var (mean, deviation) = EtsProductMoments.Of(this, horizon);
            return SeriesForecast.Normal(mean, deviation) with { Mean = path };
        }
        return new() { Mean = path, Steps = SampleStep.FromPaths(Paths(horizon, 5000, 1), horizon) };
    }

    /// <summary>Sample paths of shape (count)(horizon), errors normal.</summary>
    public override double[][] Paths(int horizon, int count, ulong seed, SeriesFuture? future = null) =>
        EtsPaths.Sample(this, horizon, count, seed);
}
