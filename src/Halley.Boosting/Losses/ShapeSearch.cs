using Halley.Data;
using Halley.Kernels;

namespace Halley.Boosting;

/// <summary>Finds the parameter of a distribution at which rows are most likely.</summary>
static class ShapeSearch
{
    /// <summary>Width of the bracket at which the search ends.</summary>
    const double Tolerance = 1e-4;

    /// <summary>Sum over a run of rows. Shapes (n).</summary>
    internal delegate double RowSum(ReadOnlySpan<double> target, ReadOnlySpan<double> weight, ReadOnlySpan<double> eta);

    /// <summary>The sum over all rows, in an order that threads do not change.</summary>
    internal static double Sum(RowVectors vectors, double[] eta, int threads, RowSum sum) =>
        RowBlocks.Sum(
            eta.Length,
            threads,
            block => sum(vectors.Target.Of(block), vectors.Weight.Of(block), block.Of<double>(eta))
        );

    /// <summary>Where a function with one valley between two bounds is smallest.</summary>
    /// <remarks>Golden section: Kiefer (1953), Proc. Amer. Math. Soc. 4(3), 502–506.</remarks>
    /// <param name="tolerance">Width of the bracket at which the search ends.</param>
    internal static double Minimum(Func<double, double> function, double low, double high, double tolerance = Tolerance)
    {
        var ratio = (Math.Sqrt(5) - 1) / 2;
        var (left, right) = (high - ratio * (high - low), low + ratio * (high - low));
        var (atLeft, atRight) = (function(left), function(right));
        while (high - low > tolerance)
        {
            if (atLeft <= atRight)
            {
                (high, right, atRight) = (right, left, atLeft);
                left = high - ratio * (high - low);
                atLeft = function(left);
            }
            else
            {
                (low, left, atLeft) = (left, right, atRight);
                right = low + ratio * (high - low);
                atRight = function(right);
            }
        }
        return (low + high) / 2;
    }
}
