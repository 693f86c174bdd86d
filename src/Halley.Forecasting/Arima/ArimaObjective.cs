namespace Halley.Forecasting;

/// <summary>A criterion of an ARIMA model as a function of unbounded variables, with slopes by small steps.</summary>
/// <remarks>
/// Each polynomial has its partial autocorrelations as variables, r = x/√(1 + x²): stationary and invertible by construction.
/// <code>x = [ φ | θ | Φ | Θ ]</code>
/// </remarks>
sealed class ArimaObjective(ArimaOrder order, ArimaLikelihood likelihood) : IGradientObjective
{
    const double Small = 1e-6;

    readonly double[] phi = new double[order.ArLength];
    readonly double[] theta = new double[order.MaLength];

    internal ArimaLikelihood Likelihood => likelihood;

    public double Evaluate(ReadOnlySpan<double> x, Span<double> gradient)
    {
        var value = Value(x);
        if (!double.IsFinite(value))
            return double.PositiveInfinity;
        Span<double> nearby = stackalloc double[x.Length];
        x.CopyTo(nearby);
        for (var i = 0; i < x.Length; i++)
        {
            var step = Small * (1 + Math.Abs(x[i]));
            nearby[i] = x[i] + step;
            var above = Value(nearby);
            gradient[i] = double.IsFinite(above) ? (above - value) / step : 0;
            nearby[i] = x[i];
        }
        return value;
    }

    /// <summary>The criterion alone.</summary>
    internal double Value(ReadOnlySpan<double> x)
    {
        Expand(Decode(x));
        return likelihood.Evaluate(phi, theta);
    }

    /// <summary>The criterion at given coefficients.</summary>
    internal double Value(ArimaCoefficients coefficients)
    {
        Expand(coefficients);
        return likelihood.Evaluate(phi, theta);
    }

    void Expand(ArimaCoefficients at)
    {
        ArimaPolynomials.Expand(at.Ar, at.SeasonalAr, order.Season, -1, phi);
        ArimaPolynomials.Expand(at.Ma, at.SeasonalMa, order.Season, 1, theta);
    }

    internal ArimaCoefficients Decode(ReadOnlySpan<double> x) =>
        new()
        {
            Ar = Part(x[..order.P], 1),
            Ma = Part(x.Slice(order.P, order.Q), -1),
            SeasonalAr = Part(x.Slice(order.P + order.Q, order.SeasonalP), 1),
            SeasonalMa = Part(x[(order.P + order.Q + order.SeasonalP)..], -1),
        };

    static double[] Part(ReadOnlySpan<double> x, int sign)
    {
        if (x.Length == 0)
            return [];
        Span<double> partial = stackalloc double[x.Length];
        for (var i = 0; i < x.Length; i++)
            partial[i] = sign * x[i] / Math.Sqrt(1 + x[i] * x[i]);
        var part = new double[x.Length];
        ArimaPolynomials.FromPartial(partial, part);
        for (var i = 0; i < part.Length; i++)
            part[i] *= sign;
        return part;
    }
}
