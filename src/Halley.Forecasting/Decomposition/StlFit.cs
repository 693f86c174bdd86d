namespace Halley.Forecasting;

/// <summary>Seasons taken out, and a model of what is left.</summary>
sealed class StlFit(MultipleStl parts, SeriesFit rest) : SeriesFit
{
    public override string Form => $"MSTL[{string.Join(',', parts.Lengths)}] + {rest.Form}";

    public override double[] Fitted => [.. rest.Fitted.Select((value, t) => value + parts.Seasons.Sum(season => season[t]))];

    public override SeriesForecast Forecast(int horizon, SeriesFuture? future = null)
    {
        var forecast = rest.Forecast(horizon, future);
        var shift = new double[horizon];
        for (var h = 0; h < horizon; h++)
            shift[h] = Season(h);
        return new()
        {
            Mean = [.. forecast.Mean.Select((value, h) => value + shift[h])],
            Steps = [.. forecast.Steps.Select((step, h) => new ShiftedStep(step, shift[h]))],
        };
    }

    public override double[][] Paths(int horizon, int count, ulong seed, SeriesFuture? future = null)
    {
        var paths = rest.Paths(horizon, count, seed, future);
        foreach (var path in paths)
        {
            for (var h = 0; h < horizon; h++)
                path[h] += Season(h);
        }
        return paths;
    }

    /// <summary>All seasons of a step, each as it was last.</summary>
    double Season(int h)
    {
        var sum = 0.0;
        for (var i = 0; i < parts.Lengths.Length; i++)
            sum += parts.Seasons[i][parts.Trend.Length - parts.Lengths[i] + h % parts.Lengths[i]];
        return sum;
    }
}
