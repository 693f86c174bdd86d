using Halley.Statistics;

namespace Halley.Decisions;

/// <summary>How many records of a week go a lane's way, when some of a number of usual records did.</summary>
/// <remarks>
/// A week's number is negative binomial, and so is the part of it that goes the lane's way: with mean μp and the same size θ. The share p
/// is known from the usual records alone: Jeffreys' posterior Beta(k + ½, n − k + ½) (Brown, Cai and DasGupta 2001, Statistical
/// Science 16(2), 101–133), over whose quantiles the chance is averaged. Without that, few records would promise too much.
/// </remarks>
/// <param name="perWeek">μ: records expected in a week.</param>
/// <param name="size">θ; infinite for Poisson's.</param>
/// <param name="records">n: usual records.</param>
sealed class WeeklyCount(double perWeek, double size, int records)
{
    const int Points = 200;

    /// <summary>P(at most <paramref name="capacity"/> in a week) where <paramref name="taken"/> of the usual records went that way.</summary>
    internal double Within(int taken, int capacity)
    {
        var sum = 0.0;
        for (var point = 0; point < Points; point++)
        {
            var share = BetaDistribution.Quantile((point + 0.5) / Points, taken + 0.5, records - taken + 0.5);
            sum += AtMost(capacity, perWeek * share);
        }
        return sum / Points;
    }

    /// <summary>The most of the usual records for which a week stays within capacity often enough; −1 where none are too many.</summary>
    internal int Most(int capacity, double within)
    {
        if (Within(0, capacity) < within)
            return -1;
        var (fits, beyond) = (0, records + 1);
        while (beyond - fits > 1)
        {
            var middle = fits + (beyond - fits) / 2;
            if (Within(middle, capacity) >= within)
                fits = middle;
            else
                beyond = middle;
        }
        return fits;
    }

    double AtMost(int count, double mean) =>
        double.IsPositiveInfinity(size)
            ? PoissonDistribution.Cumulative(count, mean)
            : BetaDistribution.Cumulative(size / (size + mean), size, count + 1.0);
}
