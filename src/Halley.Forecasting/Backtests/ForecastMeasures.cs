namespace Halley.Forecasting;

/// <summary>How far one forecast was from what came.</summary>
/// <param name="Smape">Mean of 200·|y − f|/(|y| + |f|), 0 where both are 0.</param>
/// <param name="Mape">Mean of 100·|y − f|/|y|; NaN where a value is 0.</param>
/// <param name="Mase">Mean |y − f| over the mean seasonal difference of the past.</param>
/// <param name="Rmsse">Root of mean (y − f)² over the mean squared seasonal difference of the past.</param>
/// <param name="Bias">Mean of f − y, on MASE's scale.</param>
/// <param name="Msis">Mean scaled interval score at the level; NaN without intervals.</param>
/// <param name="Coverage">Share of values inside the interval; NaN without.</param>
/// <param name="Crps">Continuous ranked probability score from 19 quantiles, on MASE's scale; NaN without.</param>
public sealed record ForecastMeasures(
    double Smape,
    double Mape,
    double Mase,
    double Rmsse,
    double Bias,
    double Msis,
    double Coverage,
    double Crps
)
{
    /// <summary>Measures of one window.</summary>
    /// <param name="past">Values fitted on.</param>
    /// <param name="season">Length of the season, 1 for none.</param>
    /// <param name="actual">What came, shape (horizon).</param>
    /// <param name="level">Nominal level of the interval.</param>
    /// <remarks>Source: Makridakis, Spiliotis and Assimakopoulos (2020), Int. J. Forecasting 36(1), 54–74; CRPS as twice the mean pinball loss.</remarks>
    public static ForecastMeasures Of(double[] past, int season, double[] actual, SeriesForecast forecast, double level = 0.95)
    {
        var scale = Scales(past, season).Absolute;
        if (!forecast.HasDistribution)
            return OfPoints(past, season, actual, forecast.Mean);
        var measures = Of(past, season, actual, forecast.Mean, forecast.Interval(level), level);
        return measures with { Crps = Score(actual, forecast, scale) };
    }

    /// <summary>Measures of point forecasts with an interval; without CRPS, which needs the whole distribution.</summary>
    public static ForecastMeasures Of(
        double[] past,
        int season,
        double[] actual,
        double[] mean,
        (double[] Lower, double[] Upper) interval,
        double level
    )
    {
        var (scale, n, msis, inside) = (Scales(past, season).Absolute, actual.Length, 0.0, 0);
        for (var h = 0; h < n; h++)
        {
            var (below, above) = (Math.Max(interval.Lower[h] - actual[h], 0), Math.Max(actual[h] - interval.Upper[h], 0));
            msis += (interval.Upper[h] - interval.Lower[h] + 2 / (1 - level) * (below + above)) / scale / n;
            inside += below == 0 && above == 0 ? 1 : 0;
        }
        return OfPoints(past, season, actual, mean) with { Msis = msis, Coverage = (double)inside / n };
    }

    static ForecastMeasures OfPoints(double[] past, int season, double[] actual, double[] mean)
    {
        var n = actual.Length;
        var (scale, squareScale) = Scales(past, season);
        var (smape, mape, absolute, squares, bias) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (var h = 0; h < n; h++)
        {
            var error = Math.Abs(actual[h] - mean[h]);
            smape += error == 0 ? 0 : 200 * error / (Math.Abs(actual[h]) + Math.Abs(mean[h])) / n;
            mape += 100 * error / Math.Abs(actual[h]) / n;
            absolute += error / n;
            squares += error * error / n;
            bias += (mean[h] - actual[h]) / n;
        }
        return new(
            smape,
            mape,
            absolute / scale,
            Math.Sqrt(squares / squareScale),
            bias / scale,
            double.NaN,
            double.NaN,
            double.NaN
        );
    }

    /// <summary>CRPS as twice the mean pinball loss of the quantiles 5 %, 10 %, …, 95 %.</summary>
    static double Score(double[] actual, SeriesForecast forecast, double scale)
    {
        var (n, pinball) = (actual.Length, 0.0);
        for (var h = 0; h < n; h++)
        for (var i = 1; i < 20; i++)
        {
            var (p, error) = (i / 20.0, actual[h] - forecast.Steps[h].Quantile(i / 20.0));
            pinball += 2 * Math.Max(p * error, (p - 1) * error) / scale / (19 * n);
        }
        return pinball;
    }

    static (double Absolute, double Squared) Scales(double[] past, int season)
    {
        var lag = season < past.Length ? season : 1;
        var (absolute, squared, count) = (0.0, 0.0, Math.Max(1, past.Length - lag));
        for (var t = lag; t < past.Length; t++)
        {
            var difference = past[t] - past[t - lag];
            absolute += Math.Abs(difference) / count;
            squared += difference * difference / count;
        }
        return (absolute, squared);
    }
}
