namespace Halley.Forecasting;

/// <summary>Middle of several models' forecasts, step by step: better than its best member more often than not.</summary>
/// <remarks>Point forecasts are medians (means of two); a quantile is the mean of the members' quantiles of that order.</remarks>
public sealed class CombinationForecaster(params IForecaster[] members) : IForecaster
{
    public string Name => string.Join('+', members.Select(member => member.Name));

    public SeriesFit Fit(TimeSeries series, CancellationToken cancellation = default) =>
        new CombinationFit([.. members.Select(member => member.Fit(series, cancellation))]);
}
