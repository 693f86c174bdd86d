using Halley.Statistics;

namespace Halley.Models;

/// <summary>A band of rows on which two models disagree alike; the better one follows the actual.</summary>
/// <param name="Band">From 1, where this model is lowest against the first.</param>
/// <param name="First">Total of the first model's predictions.</param>
/// <param name="This">Total of this model's predictions.</param>
public sealed record DoubleLiftResult(int Band, int Rows, double Exposure, double Actual, double First, double This)
{
    internal static DoubleLiftResult Of(DoubleLiftBand band) =>
        new(band.Band, band.RowCount, band.Exposure, band.Actual, band.First, band.Second);
}
