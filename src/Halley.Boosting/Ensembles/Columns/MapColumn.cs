namespace Halley.Boosting;

/// <summary>A number looked up: one-hot, label encoding, membership of a set.</summary>
/// <param name="Keys">Rising.</param>
/// <param name="Values">Shape (keys).</param>
/// <param name="Otherwise">For other numbers.</param>
/// <param name="WhenMissing">For a missing one.</param>
/// <param name="Single">Whether the number is rounded to a 32-bit float first.</param>
sealed record MapColumn(int Source, double[] Keys, double[] Values, double Otherwise, double WhenMissing, bool Single)
    : DerivedColumn
{
    internal override IEnumerable<int> Sources => [Source];

    internal override double ValueOf(ReadOnlySpan<double> row)
    {
        var x = Single ? (float)row[Source] : row[Source];
        if (double.IsNaN(x))
            return WhenMissing;
        var at = Array.BinarySearch(Keys, x);
        return at >= 0 ? Values[at] : Otherwise;
    }
}
