namespace Halley.Boosting;

/// <summary>An operation on two columns; where <paramref name="Single"/>, both and the result are rounded to 32-bit floats.</summary>
sealed record PairColumn(int First, int Second, ColumnOperation Operation, bool Single) : DerivedColumn
{
    internal override IEnumerable<int> Sources => [First, Second];

    internal override double ValueOf(ReadOnlySpan<double> row) =>
        Single
            ? (float)ColumnOperations.Of(Operation, (float)row[First], (float)row[Second])
            : ColumnOperations.Of(Operation, row[First], row[Second]);
}
