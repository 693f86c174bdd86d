using Halley.Kernels;

namespace Halley.Statistics;

/// <summary>The gamma distribution with a shape and scale 1; multiply quantiles by a scale, divide arguments.</summary>
public static class GammaDistribution
{
    /// <summary>P(X ≤ x).</summary>
    public static double Cumulative(double x, double shape) => IncompleteGamma.Regularized(shape, Math.Max(x, 0)).Lower;

    /// <summary>P(X &gt; x), accurate however small.</summary>
    public static double Upper(double x, double shape) => IncompleteGamma.Regularized(shape, Math.Max(x, 0)).Upper;

    /// <summary>x with P(X ≤ x) = <paramref name="p"/>.</summary>
    public static double Quantile(double p, double shape) => Find(p, 1 - p, shape);

    /// <summary>x with P(X &gt; x) = <paramref name="tail"/>.</summary>
    public static double UpperQuantile(double tail, double shape) => Find(1 - tail, tail, shape);

    static double Find(double lower, double upper, double shape)
    {
        if (!(shape > 0))
            return double.NaN;
        if (lower == 0 || upper == 0)
            return lower == 0 ? 0 : double.PositiveInfinity;
        var s = QuantileSearch.Find(lower, upper, -750, 710, Start(lower, upper, shape), logX => At(logX, shape));
        return VectorMath.Exp(s);
    }

    static (double Lower, double Upper, double Density) At(double logX, double shape)
    {
        var x = VectorMath.Exp(logX);
        var (lower, upper) = IncompleteGamma.Regularized(shape, x);
        return (lower, upper, x > 0 ? shape * VectorMath.Exp(SaddlePoint.Poisson(shape, x)) : 0);
    }

    /// <summary>ln of Wilson and Hilferty's approximation, or of the leading term for small quantiles.</summary>
    /// <remarks>Source: Wilson and Hilferty (1931), PNAS 17, 684–688.</remarks>
    static double Start(double lower, double upper, double shape)
    {
        var z = lower < upper ? NormalDistribution.Quantile(lower) : -NormalDistribution.Quantile(upper);
        var root = 1 - 1 / (9 * shape) + z / (3 * Math.Sqrt(shape));
        return root > 0.2
            ? VectorMath.Log(shape) + 3 * VectorMath.Log(root)
            : (VectorMath.Log(lower) + GammaFunction.Log(shape + 1)) / shape;
    }
}
