namespace Halley.Boosting;

/// <summary>A column that nodes look at and that is computed from the inputs of the same row. Immutable.</summary>
abstract record DerivedColumn
{
    /// <summary>The value for one row.</summary>
    /// <param name="row">Shape (inputs + derived columns before this one); NaN is missing.</param>
    internal abstract double ValueOf(ReadOnlySpan<double> row);

    /// <summary>The inputs or columns that it reads.</summary>
    internal abstract IEnumerable<int> Sources { get; }
}
