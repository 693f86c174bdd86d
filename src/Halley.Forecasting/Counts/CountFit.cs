using Halley.Kernels;
using Halley.Statistics;

namespace Halley.Forecasting;

/// <summary>Counts with a gamma distributed rate that is discounted from step to step, run over one series.</summary>
/// <remarks>
/// y_t ~ Poisson(λ_t·e_t·s_t·e^(g·t)); λ has the gamma density of shape a and rate b, which become ωa and ωb before each step and a + y, b + e after
/// it. The forecast of a step is negative binomial. Source: Harvey and Fernandes (1989), J. Business and Economic Statistics 7(4), 407–417.
/// </remarks>
public sealed class CountFit : SeriesFit
{
    readonly TimeSeries series;
    readonly double[] fitted;

    CountFit(TimeSeries series, CountParameters parameters)
    {
        (this.series, Parameters) = (series, parameters);
        fitted = new double[series.Length];
        var (a, b, sum) = (0.0, 0.0, 0.0);
        for (var t = 0; t < series.Length; t++)
        {
            var (y, exposure) = (series.Values[t], Exposure(t, series.Exposure?[t] ?? 1));
            fitted[t] = double.NaN;
            (a, b) = (parameters.Discount * a, parameters.Discount * b);
            // Until something is counted the rate is unknown, not 0.
            if (a > 0)
            {
                fitted[t] = a * exposure / b;
                if (!double.IsNaN(y))
                {
                    sum += LogProbability(y, a, b, exposure);
                    Counted++;
                }
            }
            if (!double.IsNaN(y))
                (a, b) = (a + y, b + exposure);
        }
        (Shape, Rate, LogLikelihood) = (a, b, sum);
    }

    public CountParameters Parameters { get; }

    /// <summary>Shape a of the rate after the last step.</summary>
    public double Shape { get; }

    /// <summary>Rate b of it: the exposure that it stands on.</summary>
    public double Rate { get; }

    /// <summary>Of the counts after the first above 0.</summary>
    public double LogLikelihood { get; }

    internal int Counted { get; }

    public override string Form =>
        $"Count({(Parameters.Season.Length > 0 ? $"season {Parameters.Season.Length}, " : "")}{(Parameters.Growth != 0 ? "trend, " : "")}discount {Parameters.Discount:0.###})";

    public override double[] Fitted => fitted;

    internal static CountFit At(TimeSeries series, CountParameters parameters) => new(series, parameters);

    /// <remarks>The weight of the past falls with every step ahead: the mean stays, the spread grows.</remarks>
    public override SeriesForecast Forecast(int horizon, SeriesFuture? future = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        SeriesChecks.RequireFutureExposure(series, horizon, future);
        var (steps, discount) = (new NegativeBinomialStep[horizon], 1.0);
        for (var h = 0; h < horizon; h++)
        {
            discount *= Parameters.Discount;
            var exposure = Exposure(series.Length + h, future?.Exposure?[h] ?? 1);
            steps[h] = new(Rate > 0 ? Shape * exposure / Rate : 0, Math.Max(discount * Shape, 1e-9));
        }
        return new() { Mean = [.. steps.Select(step => step.Mean)], Steps = steps };
    }

    /// <summary>Exposure times what season and growth make of it.</summary>
    double Exposure(int t, double exposure)
    {
        var season = Parameters.Season;
        var grown = Parameters.Growth == 0 ? exposure : exposure * VectorMath.Exp(Parameters.Growth * (t - series.Length));
        return season.Length == 0 ? grown : grown * season[t % season.Length];
    }

    static double LogProbability(double y, double a, double b, double exposure) =>
        GammaFunction.Log(a + y)
        - GammaFunction.Log(a)
        - GammaFunction.Log(y + 1)
        + a * VectorMath.Log(b / (b + exposure))
        + (y > 0 ? y * VectorMath.Log(exposure / (b + exposure)) : 0);
}
