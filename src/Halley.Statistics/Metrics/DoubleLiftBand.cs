namespace Halley.Statistics;

/// <summary>Rows on which two predictions disagree alike.</summary>
/// <param name="Band">Number from 1, where the second prediction is lowest against the first.</param>
/// <param name="RowCount">Number of rows.</param>
/// <param name="Exposure">Years at risk.</param>
/// <param name="Actual">Observed total.</param>
/// <param name="First">Total of the first prediction.</param>
/// <param name="Second">Total of the second prediction.</param>
public readonly record struct DoubleLiftBand(int Band, int RowCount, double Exposure, double Actual, double First, double Second);
