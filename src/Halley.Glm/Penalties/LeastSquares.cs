namespace Halley.Glm;

/// <summary>Half the weighted sum of squares as a function of the coefficients, in the design's order.</summary>
abstract class LeastSquares
{
    private protected LeastSquares(int count) => Count = count;

    internal int Count { get; }

    /// <summary>Σ w·x·x′ of all columns, row by row, where it is at hand; shape (p × p).</summary>
    internal virtual double[]? WholeGram => null;

    /// <summary>Half the sum of squares, and its slopes.</summary>
    /// <param name="beta">Shape (p).</param>
    /// <param name="slopes">Uphill, shape (p).</param>
    internal abstract double Evaluate(double[] beta, double[] slopes);

    /// <summary>Products of members, where there is no whole Gram matrix.</summary>
    /// <param name="members">Columns.</param>
    /// <param name="first">First member whose products are wanted: with all members, into its row and its column.</param>
    /// <param name="gram">Shape (at least members × <paramref name="room"/>).</param>
    internal virtual void FillGram(int[] members, int first, double[] gram, int room) => throw new NotSupportedException();
}
