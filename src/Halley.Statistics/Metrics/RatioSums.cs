using Halley.Kernels;

namespace Halley.Statistics;

/// <summary>Sums from which a ratio of totals and its interval follow.</summary>
/// <remarks>
/// R = ΣA/ΣE; its standard error is √Σ(a − R·e)² / ΣE, which needs no distribution and follows from three sums of products.
/// The interval is symmetric for ln R. Source: Cochran (1977), Sampling Techniques, 3rd ed., section 6.3, without its factor n/(n−1).
/// </remarks>
struct RatioSums
{
    int _rows;
    double _exposure;
    double _actual;
    double _expected;
    double _actualSquares;
    double _expectedSquares;
    double _products;

    internal readonly int RowCount => _rows;

    internal readonly double Exposure => _exposure;

    internal readonly double Actual => _actual;

    internal readonly double Expected => _expected;

    internal void Add(double actual, double expected, double exposure)
    {
        _rows++;
        _exposure += exposure;
        _actual += actual;
        _expected += expected;
        _actualSquares += actual * actual;
        _expectedSquares += expected * expected;
        _products += actual * expected;
    }

    /// <summary>The ratio; its bounds are 0 and +∞ where nothing was observed.</summary>
    internal readonly Estimate Ratio(double level)
    {
        var ratio = _actual / _expected;
        var squares = _actualSquares - 2 * ratio * _products + ratio * ratio * _expectedSquares;
        var error = Math.Sqrt(Math.Max(squares, 0)) / _expected;
        if (!(ratio > 0))
            return new(ratio, error, 0, double.PositiveInfinity);
        var factor = VectorMath.Exp(NormalDistribution.TwoSidedQuantile(level) * error / ratio);
        return new(ratio, error, ratio / factor, ratio * factor);
    }
}
