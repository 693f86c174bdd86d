namespace Halley.Boosting;

/// <summary>An operation on a column and a constant; where <paramref name="Single"/>, both and the result are rounded to 32-bit floats.</summary>
/// <remarks>Of two floats, a sum, product or quotient in doubles rounded once is the one that floats give.</remarks>
sealed record ArithmeticColumn(int Source, ColumnOperation Operation, double Constant, bool Single) : DerivedColumn
{
    internal override IEnumerable<int> Sources => [Source];

    internal override double ValueOf(ReadOnlySpan<double> row) =>
        Single
            ? (float)ColumnOperations.Of(Operation, (float)row[Source], (float)Constant)
            : ColumnOperations.Of(Operation, row[Source], Constant);
}
