namespace Halley.Forecasting;

/// <summary>A Theta model at its parameters, run over one series.</summary>
public sealed class ThetaFit : SeriesFit
{
    /// <summary>Errors of the first steps follow from the start and count nowhere.</summary>
    internal const int FirstCounted = 3;

    readonly ThetaVariant variant;
    readonly SeasonalAdjustment season;
    readonly ThetaRecursion recursion;
    readonly double share;
    readonly double[] fitted;

    ThetaFit(ThetaVariant variant, SeasonalAdjustment season, ThetaParameters parameters)
    {
        (this.variant, this.season, Parameters) = (variant, season, parameters);
        var y = season.Adjusted;
        share = 1 - 1 / parameters.Theta;
        recursion = new(variant, y, parameters.Alpha);
        recursion.Start(parameters.Level);
        (fitted, Residuals) = (new double[y.Length], new double[y.Length]);
        var squares = 0.0;
        for (var t = 0; t < y.Length; t++)
        {
            var forecast = t == 0 && recursion.IsDynamic ? y[0] : recursion.Level + share * recursion.Line;
            Residuals[t] = t == 0 ? 0 : y[t] - forecast;
            fitted[t] = season.Restore(forecast, t);
            if (t >= FirstCounted)
                squares += Residuals[t] * Residuals[t];
            recursion.Take(t, y[t]);
        }
        Objective = squares / y.Average(Math.Abs);
        Sigma2 = squares / Math.Max(1, y.Length - FirstCounted - 1);
    }

    public ThetaParameters Parameters { get; }

    /// <summary>Σe² from the fourth step on, over the mean of |y|, without season.</summary>
    public double Objective { get; }

    /// <summary>Variance of one-step errors without season.</summary>
    public double Sigma2 { get; }

    /// <summary>One-step errors without season, shape (n); the first is 0.</summary>
    public double[] Residuals { get; }

    public bool IsSeasonal => season.IsSeasonal;

    internal double[] LastStates => [recursion.Level, recursion.Mean, recursion.Intercept, recursion.Slope];

    public override string Form => $"Theta({variant})";

    public override double[] Fitted => fitted;

    internal static ThetaFit At(ThetaVariant variant, SeasonalAdjustment season, ThetaParameters parameters) =>
        new(variant, season, parameters);

    /// <remarks>Each forecast is taken as the next value. The variance of step h is σ²(1 + (h − 1)α²), that of simple smoothing.</remarks>
    public override SeriesForecast Forecast(int horizon, SeriesFuture? future = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        var n = season.Adjusted.Length;
        var next = recursion.Copy();
        var (mean, sd) = (new double[horizon], new double[horizon]);
        for (var h = 0; h < horizon; h++)
        {
            var forecast = next.Level + share * next.Line;
            next.Take(n + h, forecast);
            mean[h] = season.Restore(forecast, n + h);
            sd[h] = Math.Sqrt(Sigma2 * (1 + h * Parameters.Alpha * Parameters.Alpha)) * season.Scale(n + h);
        }
        return SeriesForecast.Normal(mean, sd);
    }
}
