namespace Halley.Boosting;

/// <summary>(x − <paramref name="Offset"/>) · <paramref name="Factor"/>, x rounded to a 32-bit float first where <paramref name="Single"/>.</summary>
sealed record AffineColumn(int Source, double Offset, double Factor, bool Single) : DerivedColumn
{
    internal override IEnumerable<int> Sources => [Source];

    internal override double ValueOf(ReadOnlySpan<double> row) => ((Single ? (float)row[Source] : row[Source]) - Offset) * Factor;
}
