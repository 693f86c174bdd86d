using Halley.Kernels;

namespace Halley.Forecasting;

/// <summary>Several forms of exponential smoothing, each weighted by how likely it is to be the best: exp(−ΔAICc/2).</summary>
/// <remarks>
/// Steadier than the best form alone, which on short series changes with a single value. Source: Kolassa (2011), Int. J. Forecasting 27(2), 238–251.
/// </remarks>
public sealed class EtsAverage : SeriesFit
{
    // A form ten below the best has a weight of less than 1 %.
    const double Negligible = 10;

    readonly (EtsFit Fit, double Weight)[] members;

    EtsAverage((EtsFit Fit, double Weight)[] members) => this.members = members;

    /// <summary>Fits with their weights, the largest first.</summary>
    public IReadOnlyList<(EtsFit Fit, double Weight)> Members => members;

    public override string Form => string.Join(" + ", members.Select(member => $"{member.Weight:0.00} {member.Fit.Form}"));

    public override double[] Fitted => Weighted(member => member.Fitted);

    internal static EtsAverage Of(IReadOnlyList<EtsFit> fits, EtsFit best)
    {
        var near = fits.Where(fit => fit.Aicc - best.Aicc < Negligible).ToArray();
        double[] weights = [.. near.Select(fit => VectorMath.Exp(-0.5 * (fit.Aicc - best.Aicc)))];
        var total = weights.Sum();
        return new([.. near.Zip(weights, (fit, weight) => (fit, weight / total)).OrderByDescending(member => member.Item2)]);
    }

    public override SeriesForecast Forecast(int horizon, SeriesFuture? future = null)
    {
        var forecasts = members.Select(member => member.Fit.Forecast(horizon, future)).ToArray();
        double[] weights = [.. members.Select(member => member.Weight)];
        var mean = new double[horizon];
        for (var i = 0; i < forecasts.Length; i++)
        for (var h = 0; h < horizon; h++)
            mean[h] += weights[i] * forecasts[i].Mean[h];
        return new()
        {
            Mean = mean,
            Steps =
            [
                .. Enumerable
                    .Range(0, horizon)
                    .Select(h => new WeightedStep([.. forecasts.Select(forecast => forecast.Steps[h])], weights)),
            ],
        };
    }

    double[] Weighted(Func<EtsFit, double[]> pick)
    {
        var sum = new double[pick(members[0].Fit).Length];
        foreach (var (fit, weight) in members)
        {
            var values = pick(fit);
            for (var t = 0; t < sum.Length; t++)
                sum[t] += weight * values[t];
        }
        return sum;
    }
}
