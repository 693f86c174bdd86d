namespace Halley.Forecasting;

/// <summary>Several fits of one series as one.</summary>
public sealed class CombinationFit(IReadOnlyList<SeriesFit> members) : SeriesFit
{
    public IReadOnlyList<SeriesFit> Members => members;

    public override string Form => string.Join(" + ", members.Select(member => member.Form));

    public override double[] Fitted => Middle([.. members.Select(member => member.Fitted)]);

    public override SeriesForecast Forecast(int horizon, SeriesFuture? future = null)
    {
        var forecasts = members.Select(member => member.Forecast(horizon, future)).ToArray();
        var spread = forecasts.Where(forecast => forecast.HasDistribution).ToArray();
        return new()
        {
            Mean = Middle([.. forecasts.Select(forecast => forecast.Mean)]),
            Steps =
                spread.Length == 0
                    ? []
                    : [.. Enumerable.Range(0, horizon).Select(h => new AveragedStep([.. spread.Select(one => one.Steps[h])]))],
        };
    }

    static double[] Middle(double[][] paths)
    {
        var (middle, values) = (new double[paths[0].Length], new double[paths.Length]);
        for (var h = 0; h < middle.Length; h++)
        {
            for (var i = 0; i < values.Length; i++)
                values[i] = paths[i][h];
            Array.Sort(values);
            var half = values.Length / 2;
            middle[h] = values.Length % 2 == 1 ? values[half] : 0.5 * (values[half - 1] + values[half]);
        }
        return middle;
    }
}
