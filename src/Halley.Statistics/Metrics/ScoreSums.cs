namespace Halley.Statistics;

/// <summary>Score, information and sum of squared scores of η = a + b·x, as 2-vectors and symmetric 2×2 matrices.</summary>
struct ScoreSums
{
    double _score0;
    double _score1;
    double _info00;
    double _info01;
    double _info11;
    double _outer00;
    double _outer01;
    double _outer11;

    internal static ScoreSums Of(
        Family family,
        Link link,
        ReadOnlySpan<double> y,
        ReadOnlySpan<double> x,
        ReadOnlySpan<double> weight,
        double a,
        double b
    )
    {
        var sums = new ScoreSums();
        for (var row = 0; row < y.Length; row++)
        {
            var eta = a + b * x[row];
            var mu = link.Inverse(eta);
            var slope = link.InverseDerivative(eta);
            var w = (weight.IsEmpty ? 1 : weight[row]) * slope / family.Variance(mu);
            // Where the mean saturates, slope and variance are both zero and the row says nothing.
            if (double.IsFinite(w))
                sums.Add(x[row], w * (y[row] - mu), w * slope);
        }
        return sums;
    }

    void Add(double x, double score, double information)
    {
        _score0 += score;
        _score1 += score * x;
        _info00 += information;
        _info01 += information * x;
        _info11 += information * x * x;
        _outer00 += score * score;
        _outer01 += score * score * x;
        _outer11 += score * score * x * x;
    }

    readonly double Determinant => _info00 * _info11 - _info01 * _info01;

    /// <summary>Information⁻¹·score.</summary>
    internal readonly (double A, double B) Step() =>
        ((_info11 * _score0 - _info01 * _score1) / Determinant, (_info00 * _score1 - _info01 * _score0) / Determinant);

    /// <summary>Roots of the diagonal of the sandwich.</summary>
    internal readonly (double A, double B) StandardErrors()
    {
        var a = _info11 * _info11 * _outer00 - 2 * _info11 * _info01 * _outer01 + _info01 * _info01 * _outer11;
        var b = _info00 * _info00 * _outer11 - 2 * _info00 * _info01 * _outer01 + _info01 * _info01 * _outer00;
        return (Math.Sqrt(a) / Determinant, Math.Sqrt(b) / Determinant);
    }
}
