namespace Halley.Forecasting;

/// <summary>Forecasts the mean demand a step of a series that is mostly zero.</summary>
/// <remarks>
/// Sources: Croston (1972), Oper. Res. Quart. 23(3), 289–303; Syntetos and Boylan (2005), Int. J. Forecasting 21(2), 303–314;
/// Teunter, Syntetos and Babai (2011), Eur. J. Oper. Res. 214(3), 606–615; Nikolopoulos et al. (2011), J. Oper. Res. Soc. 62(3), 544–554;
/// Petropoulos and Kourentzes (2015), J. Oper. Res. Soc. 66(6), 914–924.
/// </remarks>
public sealed class IntermittentForecaster(
    IntermittentMethod method = IntermittentMethod.Sba,
    double sizeSmoothing = 0.1,
    double timeSmoothing = 0.1
) : IForecaster
{
    const double SyntetosBoylan = 0.95;

    public string Name => method.ToString().ToLowerInvariant();

    public SeriesFit Fit(TimeSeries series, CancellationToken cancellation = default)
    {
        SeriesChecks.RequireComplete(series, Name, 1);
        var y = series.Values;
        var negative = Array.FindIndex(y, value => value < 0);
        if (negative >= 0)
            ForecastErrors.ThrowNegative(series, Name, negative);
        var level = Level(y);
        var fitted = new double[y.Length];
        for (var t = 0; t < y.Length; t++)
            fitted[t] = t == 0 ? double.NaN : Level(y[..t]);
        return new SimpleFit(Name, fitted, horizon => Constant(y, level, horizon));
    }

    /// <summary>Mean demand a step, from what is known.</summary>
    double Level(double[] y)
    {
        var sizes = y.Where(value => value > 0).ToArray();
        if (sizes.Length == 0)
            return 0;
        var intervals = Intervals(y);
        switch (method)
        {
            case IntermittentMethod.CrostonOptimised:
                return SimpleSmoothing.Optimised(sizes) / SimpleSmoothing.Optimised(intervals);
            case IntermittentMethod.Tsb:
                double[] occurs = [.. y.Select(value => value > 0 ? 1.0 : 0)];
                return SimpleSmoothing.Last(sizes, sizeSmoothing) * SimpleSmoothing.Last(occurs, timeSmoothing);
            case IntermittentMethod.Adida:
                return Aggregated(y, Longest(intervals));
            case IntermittentMethod.Imapa:
                return Enumerable.Range(1, Longest(intervals)).Average(length => Aggregated(y, length));
            default:
                var croston = SimpleSmoothing.Last(sizes, sizeSmoothing) / SimpleSmoothing.Last(intervals, timeSmoothing);
                return method == IntermittentMethod.Sba ? SyntetosBoylan * croston : croston;
        }
    }

    static int Longest(double[] intervals) => (int)Math.Round(intervals.Average(), MidpointRounding.ToEven);

    /// <summary>Smoothed sums over whole buckets, counted back from the end, a step.</summary>
    static double Aggregated(double[] y, int length)
    {
        var buckets = new double[y.Length / length];
        var first = y.Length - buckets.Length * length;
        for (var t = first; t < y.Length; t++)
            buckets[(t - first) / length] += y[t];
        return buckets.Length == 0 ? y.Average() : SimpleSmoothing.Optimised(buckets) / length;
    }

    /// <summary>Steps from one demand to the next; the first from the start.</summary>
    static double[] Intervals(double[] y)
    {
        var (intervals, last) = (new List<double>(), -1);
        for (var t = 0; t < y.Length; t++)
        {
            if (!(y[t] > 0))
                continue;
            intervals.Add(t - last);
            last = t;
        }
        return [.. intervals];
    }

    /// <summary>A step is distributed as the past values were.</summary>
    static SeriesForecast Constant(double[] y, double level, int horizon)
    {
        var sorted = (double[])y.Clone();
        Array.Sort(sorted);
        return new()
        {
            Mean = [.. Enumerable.Repeat(level, horizon)],
            Steps = [.. Enumerable.Repeat(new SampleStep(sorted), horizon)],
        };
    }
}
