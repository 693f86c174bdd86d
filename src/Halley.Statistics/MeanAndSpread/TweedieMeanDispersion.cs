using Halley.Kernels;

namespace Halley.Statistics;

/// <summary>Tweedie, 1 &lt; p &lt; 2, with mean μ = e^m and dispersion φ = e^s: a Poisson number of gamma amounts.</summary>
/// <remarks>
/// λ = μ^(2−p)/(φ·(2−p)) claims of shape a = (2−p)/(p−1) and scale φ·(p−1)·μ^(p−1): Jørgensen (1987), J. R. Statist. Soc. B 49(2),
/// 127–162. Densities and slopes are those of the series, not a saddlepoint. Fisher information of m: μ^(2−p)/φ. That of s has no closed
/// form; in its place stands what each row shows of it, the curvature of its own loss, no less than 0: over the rows of a leaf the two
/// agree on average.
/// </remarks>
/// <param name="Power">p.</param>
public readonly record struct TweedieMeanDispersion(double Power) : ITwoParameterFamily
{
    /// <summary>Halvings of a bracket until it is as narrow as doubles are.</summary>
    const int Halvings = 60;

    /// <summary>Steps of the ranked score's integral on either side of y.</summary>
    const int Steps = 64;

    public Link MeanLink => Link.Log;

    public string SpreadName => "dispersion";

    public string Domain => "of at least 0";

    public bool InDomain(double y) => y >= 0 && double.IsFinite(y);

    public double Loss(double y, double location, double spread) =>
        -TweedieDensity.Log(y, VectorMath.Exp(location), SpreadScore.ParameterOf(spread), Power);

    public (double Gradient, double Information) LocationSlope(double y, double location, double spread)
    {
        var phi = SpreadScore.ParameterOf(spread);
        var information = VectorMath.Exp((2 - Power) * location) / phi;
        return (information - y * VectorMath.Exp((1 - Power) * location) / phi, information);
    }

    public (double Gradient, double Information) SpreadSlope(double y, double location, double spread)
    {
        var (mu, phi) = (VectorMath.Exp(location), SpreadScore.ParameterOf(spread));
        var (slope, curvature) = TweedieDensity.DispersionDerivatives(y, mu, phi, Power);
        return (-slope, Math.Max(-curvature, 0));
    }

    public double LocationUnit(double spread) => SpreadScore.ParameterOf(spread);

    public double Deviation(double mean, double spread) =>
        Math.Sqrt(SpreadScore.ParameterOf(spread) * VectorMath.Pow(mean, Power));

    public double Quantile(double share, double mean, double spread)
    {
        var sum = SumOf(mean, spread);
        if (!(sum.Claims >= 0) || !(share is >= 0 and <= 1))
            return double.NaN;
        if (share == 1)
            return double.PositiveInfinity;
        if (share <= sum.Cumulative(0))
            return 0;
        var (low, high) = (0.0, mean);
        while (sum.Cumulative(high) < share)
            (low, high) = (high, 2 * high);
        for (var step = 0; step < Halvings && high > low; step++)
        {
            var middle = low + (high - low) / 2;
            (low, high) = sum.Cumulative(middle) < share ? (middle, high) : (low, middle);
        }
        return high;
    }

    /// <remarks>By Simpson's rule on either side of y, to about 1e-4 of the deviation.</remarks>
    /// <inheritdoc/>
    public double RankedScore(double y, double mean, double spread)
    {
        var sum = SumOf(mean, spread);
        var end = Math.Max(y, mean) + 12 * Deviation(mean, spread);
        return Integral(sum, 0, y, below: true) + Integral(sum, y, end, below: false);
    }

    /// <summary>∫ P(Y ≤ x)² dx, or of the rest, over steps that are finer towards 0, where the distribution is steepest.</summary>
    static double Integral(CompoundSum sum, double from, double to, bool below)
    {
        if (!(to > from))
            return 0;
        // x = from + (to − from)·u²: dx = 2·(to − from)·u du.
        var total = 0.0;
        for (var step = 0; step <= 2 * Steps; step++)
        {
            var u = step / (2.0 * Steps);
            var chance = sum.Cumulative(from + (to - from) * u * u);
            var value = below ? chance : 1 - chance;
            total +=
                (
                    step is 0 or 2 * Steps ? 1
                    : step % 2 == 1 ? 4
                    : 2
                )
                * value
                * value
                * 2
                * (to - from)
                * u;
        }
        return total / (6 * Steps);
    }

    CompoundSum SumOf(double mean, double spread)
    {
        var phi = SpreadScore.ParameterOf(spread);
        return new(
            VectorMath.Pow(mean, 2 - Power) / (phi * (2 - Power)),
            (2 - Power) / (Power - 1),
            phi * (Power - 1) * VectorMath.Pow(mean, Power - 1)
        );
    }

    /// <summary>A Poisson number of gamma amounts.</summary>
    readonly record struct CompoundSum(double Claims, double Shape, double Scale)
    {
        internal double Cumulative(double x)
        {
            var sum = VectorMath.Exp(-Claims);
            if (!(x > 0))
                return sum;
            // Numbers that are far from the mean have no chance to speak of.
            var reach = 10 * Math.Sqrt(Claims) + 30;
            var count = Math.Max(1, Math.Floor(Claims - reach));
            var chance = VectorMath.Exp(count * VectorMath.Log(Claims) - Claims - GammaFunction.Log(count + 1));
            for (; count <= Claims + reach; count++)
            {
                sum += chance * GammaDistribution.Cumulative(x / Scale, count * Shape);
                chance *= Claims / (count + 1);
            }
            return Math.Min(sum, 1);
        }
    }
}
