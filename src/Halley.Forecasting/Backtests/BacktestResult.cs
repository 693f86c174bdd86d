namespace Halley.Forecasting;

/// <summary>Measures of one forecaster on one series from one origin.</summary>
/// <param name="Known">Number of values fitted on.</param>
public sealed record BacktestResult(string Series, string Forecaster, int Known, ForecastMeasures Measures);
