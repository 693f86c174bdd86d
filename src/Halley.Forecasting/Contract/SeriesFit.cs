namespace Halley.Forecasting;

/// <summary>A model fitted to one series. Immutable, safe to share between threads.</summary>
public abstract class SeriesFit
{
    /// <summary>The chosen form with its orders, such as <c>ETS(M,A,N)</c>.</summary>
    public abstract string Form { get; }

    /// <summary>One-step forecasts of the steps fitted on, shape (n); NaN where there is none.</summary>
    public abstract double[] Fitted { get; }

    /// <summary>Forecasts the steps after the last one.</summary>
    /// <param name="horizon">Number of steps, at least 1.</param>
    /// <param name="future">Exposure and regressors of these steps, where the series has them.</param>
    public abstract SeriesForecast Forecast(int horizon, SeriesFuture? future = null);

    /// <summary>Sample paths of shape (count)(horizon), which carry how steps move together.</summary>
    /// <remarks>
    /// A model without paths of its own draws each step's quantile from one normal walk along the steps (a Gaussian copula whose
    /// correlation of steps g &lt; h is √(g/h), that of a random walk).
    /// </remarks>
    public virtual double[][] Paths(int horizon, int count, ulong seed, SeriesFuture? future = null) =>
        WalkPaths.Sample(Forecast(horizon, future), count, seed);
}
