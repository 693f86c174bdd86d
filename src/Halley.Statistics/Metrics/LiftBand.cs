namespace Halley.Statistics;

/// <summary>Rows of neighbouring predicted rates in a lift table.</summary>
/// <param name="Band">Number from 1, the lowest predictions first.</param>
/// <param name="RowCount">Number of rows.</param>
/// <param name="Exposure">Years at risk.</param>
/// <param name="Actual">Observed total.</param>
/// <param name="Expected">Predicted total.</param>
/// <param name="Ratio">Actual over expected with its interval.</param>
public readonly record struct LiftBand(int Band, int RowCount, double Exposure, double Actual, double Expected, Estimate Ratio)
{
    /// <summary>Observed rate.</summary>
    public double ActualRate => Actual / Exposure;

    /// <summary>Predicted rate.</summary>
    public double ExpectedRate => Expected / Exposure;
}
