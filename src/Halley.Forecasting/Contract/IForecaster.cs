namespace Halley.Forecasting;

/// <summary>A series model with its options, ready to fit one series. Immutable, safe to share between threads.</summary>
public interface IForecaster
{
    /// <summary>Short name that results are compared by, such as <c>ets</c>.</summary>
    string Name { get; }

    /// <summary>Fits. The same series and options give the same bits.</summary>
    /// <exception cref="Data.HalleyException">HLY2300 to HLY2319: the series can't be fitted; the message names it and the remedy.</exception>
    SeriesFit Fit(TimeSeries series, CancellationToken cancellation = default);
}
