namespace Halley.Boosting;

/// <summary>One number from several columns: a weighted sum, a norm.</summary>
/// <param name="From">Shape (terms): the columns.</param>
/// <param name="Factors">Shape (terms).</param>
/// <param name="Single">Whether columns and result are rounded to 32-bit floats.</param>
sealed record CombinationColumn(int[] From, double[] Factors, double Constant, CombinationKind Kind, bool Single) : DerivedColumn
{
    internal override IEnumerable<int> Sources => From;

    internal override double ValueOf(ReadOnlySpan<double> row)
    {
        var sum = Kind == CombinationKind.Largest && From.Length > 0 ? double.NegativeInfinity : Constant;
        for (var term = 0; term < From.Length; term++)
        {
            var x = Single ? (float)row[From[term]] : row[From[term]];
            sum = Kind switch
            {
                CombinationKind.SumOfAbsolutes => sum + Factors[term] * Math.Abs(x),
                CombinationKind.Length => sum + Factors[term] * x * x,
                CombinationKind.Largest => Math.Max(sum, Factors[term] * x),
                _ => sum + Factors[term] * x,
            };
        }
        sum = Kind == CombinationKind.Length ? Math.Sqrt(sum) : sum;
        return Single ? (float)sum : sum;
    }
}
