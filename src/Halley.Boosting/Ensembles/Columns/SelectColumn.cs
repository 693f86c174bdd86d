namespace Halley.Boosting;

/// <summary><paramref name="Yes"/> where the condition is not 0, else <paramref name="No"/>.</summary>
sealed record SelectColumn(int Condition, int Yes, int No) : DerivedColumn
{
    internal override IEnumerable<int> Sources => [Condition, Yes, No];

    internal override double ValueOf(ReadOnlySpan<double> row) => row[Condition] != 0 ? row[Yes] : row[No];
}
