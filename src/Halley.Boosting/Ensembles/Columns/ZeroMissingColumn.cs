namespace Halley.Boosting;

/// <summary>A number whose zero stands for missing: |x| ≤ float(1e-35) becomes NaN. LightGBM's <c>zero_as_missing</c>.</summary>
sealed record ZeroMissingColumn(int Source) : DerivedColumn
{
    /// <summary>LightGBM's kZeroThreshold: 1e-35 as a 32-bit float.</summary>
    internal const double Threshold = 1e-35f;

    internal override IEnumerable<int> Sources => [Source];

    internal override double ValueOf(ReadOnlySpan<double> row) => Math.Abs(row[Source]) <= Threshold ? double.NaN : row[Source];
}
