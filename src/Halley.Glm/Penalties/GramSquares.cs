using Halley.Kernels;

namespace Halley.Glm;

/// <summary>Squares by the products of all columns: for few columns, or levels. The rows are passed once.</summary>
/// <param name="from">The point where rows were summed.</param>
sealed class GramSquares(PenalisedPoint from) : LeastSquares(from.Beta.Length)
{
    /// <summary>From columns written out.</summary>
    internal static GramSquares Of(LeastSquares columns, double[] start)
    {
        var slopes = new double[start.Length];
        var halfSquares = columns.Evaluate(start, slopes);
        var gram = new double[start.Length * start.Length];
        columns.FillGram([.. Enumerable.Range(0, start.Length)], 0, gram, start.Length);
        return new(new(start, new(2 * halfSquares, 2 * halfSquares, 0), slopes, gram));
    }

    internal override double[] WholeGram => from.Hessian;

    internal override double Evaluate(double[] beta, double[] slopes)
    {
        from.Slope.CopyTo(slopes.AsSpan());
        var change = new double[Count];
        for (var j = 0; j < Count; j++)
        {
            change[j] = beta[j] - from.Beta[j];
            if (change[j] != 0)
                Reduce.AddScaled(change[j], from.Hessian.AsSpan(j * Count, Count), slopes);
        }
        // A quadratic falls by the mean of its slopes at both ends.
        return from.HalfDeviance + 0.5 * (Reduce.Dot(change, from.Slope) + Reduce.Dot(change, slopes));
    }
}
