namespace Halley.Data.Expressions;

/// <summary>A function of one value that is computed for several rows at once; one row and a batch give equal bits.</summary>
interface IVectorFunction
{
    static abstract void Apply(ReadOnlySpan<double> x, Span<double> result);
}
