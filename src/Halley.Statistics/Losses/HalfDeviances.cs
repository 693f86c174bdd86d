namespace Halley.Statistics;

/// <summary>Losses over rows.</summary>
public static class HalfDeviances
{
    /// <summary>gradient[i] = w·∂ℓ/∂η and hessian[i] = w·∂²ℓ/∂η² over shapes (n); an empty <paramref name="weight"/> stands for ones.</summary>
    public static void Derivatives<TLoss>(
        TLoss loss,
        ReadOnlySpan<double> y,
        ReadOnlySpan<double> eta,
        ReadOnlySpan<double> weight,
        Span<double> gradient,
        Span<double> hessian
    )
        where TLoss : struct, IHalfDeviance
    {
        Shapes.Check(y, eta, weight);
        Shapes.Same(y, gradient);
        Shapes.Same(y, hessian);
        for (var i = 0; i < y.Length; i++)
        {
            var (slope, curvature) = loss.Derivatives(y[i], eta[i]);
            var w = weight.IsEmpty ? 1 : weight[i];
            (gradient[i], hessian[i]) = (w * slope, w * curvature);
        }
    }

    /// <summary>Σ w·ℓ(y, η) over shapes (n); an empty <paramref name="weight"/> stands for ones.</summary>
    public static double Sum<TLoss>(
        TLoss loss,
        ReadOnlySpan<double> y,
        ReadOnlySpan<double> eta,
        ReadOnlySpan<double> weight = default
    )
        where TLoss : struct, IHalfDeviance
    {
        Shapes.Check(y, eta, weight);
        var sum = 0.0;
        for (var i = 0; i < y.Length; i++)
            sum += (weight.IsEmpty ? 1 : weight[i]) * loss.Loss(y[i], eta[i]);
        return sum;
    }
}
