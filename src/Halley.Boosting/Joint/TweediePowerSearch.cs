using Halley.Data;
using Halley.Kernels;
using Halley.Statistics;

namespace Halley.Boosting;

/// <summary>The variance power at which rows are most likely, their means and dispersions given but for one factor of all dispersions.</summary>
/// <remarks>Profile likelihood: Dunn and Smyth (2005), Statistics and Computing 15, 267–280. A weight of 2 is the row twice.</remarks>
static class TweediePowerSearch
{
    const int MostSteps = 12;
    const double Tolerance = 1e-3;

    /// <param name="location">Score of the mean, shape (n).</param>
    /// <param name="spread">Logarithm of the dispersion, shape (n).</param>
    internal static double At(RowVectors rows, double[] location, double[] spread, int threads) =>
        ShapeSearch.Minimum(
            power => Loss(power, Factor(power, rows, location, spread, threads), rows, location, spread, threads),
            TweedieLoss.LowestPower,
            TweedieLoss.HighestPower,
            Tolerance
        );

    /// <summary>Logarithm of the dispersions' factor of largest likelihood, by Newton steps.</summary>
    static double Factor(double power, RowVectors rows, double[] location, double[] spread, int threads)
    {
        var factor = 0.0;
        for (var step = 0; step < MostSteps; step++)
        {
            var (slope, curvature) = Derivatives(power, factor, rows, location, spread, threads);
            // Outside the concave part the slope still tells the way.
            var move = Math.Clamp(curvature < 0 ? -slope / curvature : Math.Sign(slope), -1, 1);
            factor += move;
            if (Math.Abs(move) < 1e-4)
                break;
        }
        return factor;
    }

    static double Loss(double power, double factor, RowVectors rows, double[] location, double[] spread, int threads)
    {
        var family = new TweedieMeanDispersion(power);
        return RowBlocks.Sum(
            location.Length,
            threads,
            block =>
            {
                var sum = 0.0;
                for (var row = block.Start; row < block.End; row++)
                    sum += rows.Weight[row] * family.Loss(rows.Target[row], location[row], spread[row] + factor);
                return sum;
            }
        );
    }

    /// <summary>Of the log likelihood in the factor's logarithm.</summary>
    static (double Slope, double Curvature) Derivatives(
        double power,
        double factor,
        RowVectors rows,
        double[] location,
        double[] spread,
        int threads
    )
    {
        var (family, sums) = (new TweedieFamily(power), new double[2]);
        RowBlocks.Accumulate(
            location.Length,
            threads,
            sums,
            (block, partial) =>
            {
                for (var row = block.Start; row < block.End; row++)
                {
                    var (slope, curvature) = family.DispersionDerivatives(
                        rows.Target[row],
                        VectorMath.Exp(location[row]),
                        1,
                        SpreadScore.ParameterOf(spread[row] + factor)
                    );
                    partial[0] += rows.Weight[row] * slope;
                    partial[1] += rows.Weight[row] * curvature;
                }
            }
        );
        return (sums[0], sums[1]);
    }
}
