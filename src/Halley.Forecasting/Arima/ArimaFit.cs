using Halley.Kernels;

namespace Halley.Forecasting;

/// <summary>A seasonal ARIMA model with regressors at its coefficients, run over one series.</summary>
public sealed class ArimaFit : SeriesFit
{
    readonly TimeSeries series;
    readonly ArimaFilter end;
    readonly double[] state;
    readonly double[] fitted;

    ArimaFit(
        TimeSeries series,
        ArimaOrder order,
        ArimaCoefficients coefficients,
        ArimaFilter filter,
        int parameterCount,
        double? logLikelihood
    )
    {
        (this.series, Order, Coefficients, ParameterCount) = (series, order, coefficients, parameterCount);
        var rest = new ArimaDesign(series, order).WithoutRegression(coefficients.Linear);
        (end, state) = (filter, filter.NewState());
        (fitted, Residuals) = (new double[series.Length], new double[series.Length]);
        var (squares, sumLog, counted, informed) = (0.0, 0.0, 0, 0.0);
        for (var t = 0; t < rest.Length; t++)
        {
            var forecast = filter.Value(state);
            (fitted[t], Residuals[t]) = (double.NaN, double.NaN);
            if (!double.IsNaN(rest[t]))
            {
                var (variance, error) = (filter.Observe(), rest[t] - forecast);
                filter.Correct(state, error, variance);
                filter.Correct(variance);
                Residuals[t] = error / Math.Sqrt(variance);
                squares += Residuals[t] * Residuals[t];
                if (ArimaFilter.IsInformed(variance))
                {
                    fitted[t] = series.Values[t] - error;
                    (counted, informed, sumLog) = (
                        counted + 1,
                        informed + Residuals[t] * Residuals[t],
                        sumLog + VectorMath.Log(variance)
                    );
                }
            }
            filter.Advance(state);
            filter.Advance();
        }
        Used = series.Values.Count(value => !double.IsNaN(value)) - order.Lost;
        Sigma2 = squares / Math.Max(1, Used - parameterCount + 1);
        VagueLogLikelihood = -0.5 * (Used * (1.8378770664093453 + 1 + VectorMath.Log(informed / counted)) + sumLog);
        LogLikelihood = logLikelihood ?? VagueLogLikelihood;
    }

    public ArimaOrder Order { get; }

    public ArimaCoefficients Coefficients { get; }

    /// <summary>Coefficients, and the variance.</summary>
    public int ParameterCount { get; }

    /// <summary>Exact likelihood of the differenced values; with gaps, that of the filter with its vague prior.</summary>
    public double LogLikelihood { get; }

    /// <summary>Likelihood under the vague prior of R's <c>arima</c>: that above but for terms of its variance, meaningless near a unit root.</summary>
    public double VagueLogLikelihood { get; }

    /// <summary>Akaike's criterion with the correction for short series: comparable only between models of equal differences.</summary>
    public double Aicc =>
        Used - ParameterCount - 1 > 0
            ? -2 * LogLikelihood + 2.0 * ParameterCount * Used / (Used - ParameterCount - 1)
            : double.PositiveInfinity;

    /// <summary>Values known, less those that differencing takes.</summary>
    public int Used { get; }

    /// <summary>Σe²/(n − k + 1).</summary>
    public double Sigma2 { get; }

    /// <summary>Standardised one-step errors, shape (n); NaN at gaps. Those that only settle the vague prior are near 0.</summary>
    public double[] Residuals { get; }

    public override string Form =>
        series.Regressors.Length == 0 ? Order.ToString() : $"{Order} with {series.Regressors.Length} regressors";

    public override double[] Fitted => fitted;

    /// <summary>The model at given coefficients, or null where they are not stationary.</summary>
    internal static ArimaFit? At(
        TimeSeries series,
        ArimaOrder order,
        ArimaCoefficients coefficients,
        int? parameterCount = null,
        double? logLikelihood = null
    )
    {
        var (phi, theta) = (new double[order.ArLength], new double[order.MaLength]);
        ArimaPolynomials.Expand(coefficients.Ar, coefficients.SeasonalAr, order.Season, -1, phi);
        ArimaPolynomials.Expand(coefficients.Ma, coefficients.SeasonalMa, order.Season, 1, theta);
        if (ArimaFilter.Start(order, phi, theta) is not { } filter)
            return null;
        var count = parameterCount ?? order.Coefficients + coefficients.Linear.Length + 1;
        return new(series, order, coefficients, filter, count, logLikelihood);
    }

    internal static ArimaFit? Of(TimeSeries series, ArimaCandidate candidate) =>
        At(series, candidate.Order, candidate.Coefficients, null, candidate.LogLikelihood);

    public override SeriesForecast Forecast(int horizon, SeriesFuture? future = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        var (filter, a) = (end.Copy(), (double[])state.Clone());
        var regression = Regression(horizon, future ?? SeriesFuture.Unknown);
        var (mean, sd) = (new double[horizon], new double[horizon]);
        for (var h = 0; h < horizon; h++)
        {
            mean[h] = filter.Value(a) + regression[h];
            sd[h] = Math.Sqrt(Math.Max(0, Sigma2 * filter.Observe()));
            filter.Advance(a);
            filter.Advance();
        }
        return SeriesForecast.Normal(mean, sd);
    }

    /// <summary>What constant and regressors add to each step.</summary>
    double[] Regression(int horizon, SeriesFuture future)
    {
        SeriesChecks.RequireFuture(series, horizon, future);
        var sum = new double[horizon];
        var constant = Order.HasConstant ? ArimaDesign.Constant(Order, horizon, series.Length) : null;
        for (var h = 0; h < horizon; h++)
        {
            if (constant is not null)
                sum[h] = Coefficients.Linear[0] * constant[h];
            for (var k = 0; k < series.Regressors.Length; k++)
                sum[h] += Coefficients.Linear[k + (constant is null ? 0 : 1)] * future.Regressors[k][h];
        }
        return sum;
    }
}
