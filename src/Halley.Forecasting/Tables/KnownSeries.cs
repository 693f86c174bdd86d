namespace Halley.Forecasting;

/// <summary>A series as a table holds it.</summary>
/// <param name="Future">What the table knows of the steps after the last value.</param>
/// <param name="FilledSteps">Steps that the table leaves out, treated by the rule.</param>
/// <param name="FirstStep">Number of the first step, where steps are numbers.</param>
public sealed record KnownSeries(TimeSeries Series, SeriesFuture Future, int FilledSteps, long FirstStep);
