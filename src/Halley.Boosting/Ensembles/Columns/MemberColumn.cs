namespace Halley.Boosting;

/// <summary>1 where a number is one of some values, else 0; missing is none of them.</summary>
/// <param name="Members">Rising.</param>
/// <param name="Single">Whether the number is rounded to a 32-bit float first.</param>
sealed record MemberColumn(int Source, double[] Members, bool Single) : DerivedColumn
{
    internal override IEnumerable<int> Sources => [Source];

    internal override double ValueOf(ReadOnlySpan<double> row)
    {
        var x = Single ? (float)row[Source] : row[Source];
        return !double.IsNaN(x) && Array.BinarySearch(Members, x) >= 0 ? 1 : 0;
    }
}
