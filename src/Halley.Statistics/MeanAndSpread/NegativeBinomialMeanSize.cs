using Halley.Kernels;

namespace Halley.Statistics;

/// <summary>Negative binomial with mean μ = e^m and size θ = e^s: a Poisson count whose rate varies between rows alike by a gamma factor of shape θ.</summary>
/// <remarks>
/// Var = μ + μ²/θ. Fisher information: μθ/(μ + θ) of m; of s θ²·(Σⱼ P(Y &gt; j)/(θ + j)² − μ/(θ·(θ + μ))): Lawless (1987), Canad. J.
/// Statist. 15(3), 209–225.
/// </remarks>
public readonly record struct NegativeBinomialMeanSize : ITwoParameterFamily
{
    /// <summary>Terms of the information that are added one by one; those behind are taken at the chance of the first of them, at most 0.3 % of the whole too much.</summary>
    const int MostTerms = 64;

    /// <summary>Counts up to here have their digamma differences added one by one, to the last digit.</summary>
    const int SmallCount = 64;

    public Link MeanLink => Link.Log;

    public string SpreadName => "size";

    public string Domain => "of at least 0";

    public bool InDomain(double y) => y >= 0 && double.IsFinite(y);

    public double Loss(double y, double location, double spread)
    {
        var (mu, theta) = (VectorMath.Exp(location), SpreadScore.ParameterOf(spread));
        return -new NegativeBinomialFamily(theta).LogLikelihood(y, mu, 1, 1);
    }

    public (double Gradient, double Information) LocationSlope(double y, double location, double spread)
    {
        var (mu, theta) = (VectorMath.Exp(location), SpreadScore.ParameterOf(spread));
        // Divided by θ first: it may be far larger than μ.
        var share = 1 / (1 + mu / theta);
        return ((mu - y) * share, mu * share);
    }

    public (double Gradient, double Information) SpreadSlope(double y, double location, double spread)
    {
        var (mu, theta) = (VectorMath.Exp(location), SpreadScore.ParameterOf(spread));
        var slope = VectorMath.LogOnePlus(mu / theta) + (y - mu) / (mu + theta) - DigammaRise(theta, y);
        return (theta * slope, InformationOf(mu, theta));
    }

    public double LocationUnit(double spread) => 1;

    public double Deviation(double mean, double spread) => Math.Sqrt(mean + mean / SpreadScore.ParameterOf(spread) * mean);

    public double Quantile(double share, double mean, double spread)
    {
        var theta = SpreadScore.ParameterOf(spread);
        if (!(theta > 0) || !(mean >= 0) || !(share is >= 0 and <= 1))
            return double.NaN;
        if (mean == 0 || share is 0 or 1)
            return share == 1 ? double.PositiveInfinity : 0;
        // Doubled until it is enough, then halved to the smallest count that is.
        var (low, high) = (-1.0, 0.0);
        while (Cumulative(high, mean, theta) < share)
            (low, high) = (high, 2 * high + 1);
        while (high - low > 1)
        {
            var middle = Math.Floor((low + high) / 2);
            (low, high) = Cumulative(middle, mean, theta) < share ? (middle, high) : (low, middle);
        }
        return high;
    }

    /// <inheritdoc/>
    public double RankedScore(double y, double mean, double spread)
    {
        var theta = SpreadScore.ParameterOf(spread);
        var (score, chance, below) = (0.0, ChanceOfNone(mean, theta), 0.0);
        // Where the first chances are no numbers any more, each sum is taken anew.
        var isFar = chance < 1e-280;
        for (var count = 0.0; ; count++)
        {
            below = isFar ? Cumulative(count, mean, theta) : below + chance;
            // Of [count, count + 1) the part before y, and the part behind.
            var before = Math.Clamp(y - count, 0, 1);
            var rest = Math.Max(0, 1 - below);
            score += before * below * below + (1 - before) * rest * rest;
            if (count >= y && rest < 1e-9)
                return score;
            chance *= (count + theta) / (count + 1) * (mean / (mean + theta));
        }
    }

    /// <summary>P(Y ≤ count), of whole counts from 0.</summary>
    static double Cumulative(double count, double mean, double theta) =>
        count < 0 ? 0 : IncompleteBeta.Regularized(theta, count + 1, theta / (theta + mean), mean / (theta + mean)).Lower;

    /// <summary>(θ/(θ + μ))^θ.</summary>
    static double ChanceOfNone(double mu, double theta) => VectorMath.Exp(-theta * VectorMath.LogOnePlus(mu / theta));

    /// <summary>ψ(θ + y) − ψ(θ).</summary>
    static double DigammaRise(double theta, double y)
    {
        if (y != Math.Floor(y) || y > SmallCount)
            return GammaFunction.Digamma(theta + y) - GammaFunction.Digamma(theta);
        var sum = 0.0;
        for (var j = 0; j < (int)y; j++)
            sum += 1 / (theta + j);
        return sum;
    }

    static double InformationOf(double mu, double theta)
    {
        var chance = ChanceOfNone(mu, theta);
        var (above, sum, odds) = (1 - chance, 0.0, mu / (mu + theta));
        // e^−small is near 1: its complement keeps its digits by the other formula.
        if (chance > 0.5)
            above = -VectorMath.ExpMinusOne(-theta * VectorMath.LogOnePlus(mu / theta));
        for (var j = 0; j < MostTerms; j++)
        {
            var ratio = theta / (theta + j);
            sum += above * ratio * ratio;
            chance *= (j + theta) / (j + 1) * odds;
            above -= chance;
            if (!(above > 1e-14))
                return Math.Max(sum - mu / (1 + mu / theta), 0);
        }
        sum += above * theta * theta * GammaFunction.Trigamma(theta + MostTerms);
        return Math.Max(sum - mu / (1 + mu / theta), 0);
    }
}
