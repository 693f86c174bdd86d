using Halley.Statistics;

namespace Halley.Glm;

/// <summary>The loops of <see cref="RowModel"/>, compiled for each family with its formulas inside.</summary>
sealed class RowModelOf<TFamily>(TFamily formulas, Link link) : RowModel
    where TFamily : struct, IFamily
{
    readonly bool natural =
        link == formulas.CanonicalLink && link.Function is LinkFunction.Identity or LinkFunction.Log or LinkFunction.Logit;

    /// <summary>p of V = μ^p; NaN for a variance of another form.</summary>
    readonly double variancePower = formulas switch
    {
        PoissonFamily => 1,
        TweedieFamily tweedie => tweedie.Power,
        GammaFamily => 2,
        _ => double.NaN,
    };

    /// <summary>θ of V = μ + μ²/θ; NaN for a variance of another form.</summary>
    readonly double theta = formulas is NegativeBinomialFamily negative ? negative.Theta : double.NaN;

    internal override bool HasObserved =>
        !natural && link.Function == LinkFunction.Log && !(double.IsNaN(variancePower) && double.IsNaN(theta));

    internal override RowSums Fill(
        ReadOnlySpan<double> y,
        ReadOnlySpan<double> w,
        Span<double> eta,
        Span<double> mu,
        Span<double> u,
        Span<double> h,
        Curvature curvature
    )
    {
        w = w[..y.Length];
        eta = eta[..y.Length];
        mu = mu[..y.Length];
        u = u[..y.Length];
        link.Inverse(eta, mu);
        Slope(eta, mu);
        var slope = eta;
        var (deviance, pearson, outside) = (0.0, 0.0, 0);
        for (var i = 0; i < y.Length; i++)
        {
            if (!formulas.MeanInDomain(mu[i]))
                outside++;
            var (residual, variance) = (y[i] - mu[i], formulas.Variance(mu[i]));
            u[i] = w[i] * residual * (natural ? 1 : slope[i] / variance);
            deviance += w[i] * formulas.UnitDeviance(y[i], mu[i]);
            pearson += w[i] * residual * residual / variance;
            if (curvature != Curvature.None)
                h[i] = w[i] * RowCurvature(y[i], mu[i], slope[i], variance, curvature);
        }
        return new(deviance, pearson, outside);
    }

    double RowCurvature(double y, double mu, double slope, double variance, Curvature curvature)
    {
        if (natural)
            return slope;
        if (curvature != Curvature.Observed || !HasObserved)
            return slope * slope / variance;
        return double.IsNaN(theta)
            ? mu / variance * ((2 - variancePower) * mu + (variancePower - 1) * y)
            : mu / variance * (theta + y) / (theta + mu) * mu;
    }

    /// <summary>eta ← dμ/dη.</summary>
    void Slope(Span<double> eta, ReadOnlySpan<double> mu)
    {
        if (link.Function == LinkFunction.Log)
        {
            mu.CopyTo(eta);
            return;
        }
        for (var i = 0; i < eta.Length; i++)
            eta[i] = link.InverseDerivative(eta[i]);
    }
}
