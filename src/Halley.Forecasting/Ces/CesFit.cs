using Halley.Kernels;

namespace Halley.Forecasting;

/// <summary>Complex exponential smoothing at its parameters, run over one series.</summary>
public sealed class CesFit : SeriesFit
{
    readonly int m;
    readonly double[] states;
    readonly double[] fitted;

    CesFit(CesSeason season, CesParameters parameters, double[] y, int m)
    {
        (Season, Parameters, this.m) = (season, parameters, m);
        var recursion = new CesRecursion(season, m, parameters);
        (states, fitted) = (CesStart.States(season, y, m), new double[y.Length]);
        // First states by backcasting: forwards, backwards from the end, and forwards again.
        recursion.Run(y, states, backwards: false, fitted);
        CesRecursion.Reverse(states);
        recursion.Run(y, states, backwards: true, fitted);
        CesRecursion.Reverse(states);
        var squares = recursion.Run(y, states, backwards: false, fitted);
        var n = y.Length;
        LogLikelihood = -0.5 * n * VectorMath.Log(squares);
        var k = ParameterCount;
        Aicc = n - k - 1 > 0 ? -2 * LogLikelihood + 2.0 * k * n / (n - k - 1) : double.PositiveInfinity;
        Sigma2 = squares / Math.Max(1, n - k);
        Squares = squares;
    }

    public CesSeason Season { get; }

    public CesParameters Parameters { get; }

    /// <summary>Smoothing parameters and the variance; first states are backcast and count nothing.</summary>
    public int ParameterCount => SmoothingCount(Season) + 1;

    /// <summary>Without constants: comparable only between complex smoothing models of one series.</summary>
    public double LogLikelihood { get; }

    public double Aicc { get; }

    /// <summary>Σe²/(n − k).</summary>
    public double Sigma2 { get; }

    internal double Squares { get; }

    internal ReadOnlySpan<double> FirstStates => states.AsSpan(0, m * CesRecursion.Width);

    public override string Form => $"CES({Season})";

    public override double[] Fitted => fitted;

    internal static int SmoothingCount(CesSeason season) =>
        season switch
        {
            CesSeason.Partial => 3,
            CesSeason.Full => 4,
            _ => 2,
        };

    internal static CesFit At(CesSeason season, CesParameters parameters, double[] y, int m) =>
        new(season, parameters, y, season == CesSeason.None ? 1 : m);

    /// <remarks>Variances follow from what one error does to later steps: σ²(1 + Σ c_j²).</remarks>
    public override SeriesForecast Forecast(int horizon, SeriesFuture? future = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        var recursion = new CesRecursion(Season, m, Parameters);
        var last = states[^(2 * m * CesRecursion.Width)..^(m * CesRecursion.Width)];
        var (path, shock) = (Continued(last, horizon), Continued(new double[last.Length], horizon + 1));
        var (mean, sd, variance) = (new double[horizon], new double[horizon], Sigma2);
        // A unit error at step 0, then none.
        recursion.Update(shock, m, 1);
        for (var h = 0; h < horizon; h++)
        {
            mean[h] = recursion.Forecast(path, m + h);
            recursion.Update(path, m + h, 0);
            sd[h] = Math.Sqrt(variance);
            var response = recursion.Forecast(shock, m + h + 1);
            recursion.Update(shock, m + h + 1, 0);
            variance += Sigma2 * response * response;
        }
        return SeriesForecast.Normal(mean, sd);
    }

    /// <summary>Mean path of the <paramref name="horizon"/> steps after further values.</summary>
    internal double[] Continue(double[] values, int horizon)
    {
        var recursion = new CesRecursion(Season, m, Parameters);
        var last = states[^(2 * m * CesRecursion.Width)..^(m * CesRecursion.Width)];
        var (path, mean) = (Continued(last, values.Length + horizon), new double[horizon]);
        for (var t = 0; t < values.Length + horizon; t++)
        {
            var forecast = recursion.Forecast(path, m + t);
            if (t >= values.Length)
                mean[t - values.Length] = forecast;
            recursion.Update(path, m + t, t < values.Length ? values[t] - forecast : 0);
        }
        return mean;
    }

    static double[] Continued(double[] last, int horizon)
    {
        var rows = new double[last.Length + (horizon + 1) * CesRecursion.Width];
        last.CopyTo(rows, 0);
        return rows;
    }
}
