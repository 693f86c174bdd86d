using Halley.Statistics;

namespace Halley.Models;

/// <summary>Actual against expected in a band of neighbouring predictions.</summary>
/// <param name="Band">From 1, the lowest predictions first.</param>
/// <param name="Exposure">Years at risk, or weight.</param>
/// <param name="Ratio">Actual over expected; null where nothing is expected.</param>
public sealed record BandResult(int Band, int Rows, double Exposure, double Actual, double Expected, Figure? Ratio)
{
    internal static BandResult Of(LiftBand band) =>
        new(band.Band, band.RowCount, band.Exposure, band.Actual, band.Expected, Figure.Of(band.Ratio));
}
