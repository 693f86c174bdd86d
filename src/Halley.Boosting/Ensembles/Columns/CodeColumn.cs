namespace Halley.Boosting;

/// <summary>A category that arrives as a number: its code, or −1 where the number is no code.</summary>
/// <param name="FractionBelowZero">Whether a number between −1 and 0 counts as code 0 (LightGBM cuts off the fraction first).</param>
sealed record CodeColumn(int Source, bool FractionBelowZero) : DerivedColumn
{
    internal override IEnumerable<int> Sources => [Source];

    internal override double ValueOf(ReadOnlySpan<double> row)
    {
        var x = row[Source];
        if (double.IsNaN(x))
            return x;
        return (FractionBelowZero ? x <= -1 : x < 0) || x >= int.MaxValue ? -1 : Math.Truncate(x);
    }
}
