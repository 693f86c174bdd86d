using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
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

    // Under the log link: h = w·μ with V = μ, and h = w·y/μ with V = μ².
    internal override double? CurvatureGrowth =>
        link.Function switch
        {
            LinkFunction.Log when formulas is PoissonFamily or QuasiPoissonFamily => 1,
            LinkFunction.Log when variancePower == 2 => -1,
            LinkFunction.Identity when formulas is GaussianFamily => 0,
            _ => null,
        };

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
        if (formulas is BinomialFamily or QuasiBinomialFamily && natural)
            return ShareRows.Fill(y, w, eta, mu, u, curvature == Curvature.None ? [] : h);
        link.Inverse(eta, mu);
        if (formulas is PoissonFamily or QuasiPoissonFamily && natural)
            return FillCounts(y, w, mu, u, curvature == Curvature.None ? [] : h);
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

    /// <summary>The same for V = μ = dμ/dη, eight rows at a time: few rows have a claim, and only those need a logarithm.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    RowSums FillCounts(ReadOnlySpan<double> y, ReadOnlySpan<double> w, ReadOnlySpan<double> mu, Span<double> u, Span<double> h)
    {
        var (deviances, pearsons, allowed) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
        var (deviance, pearson, outside, i) = (0.0, 0.0, y.Length, 0);
        for (; i <= y.Length - 8; i += 8)
        {
            var (count, weight, mean) = (Vector512.Create(y[i..]), Vector512.Create(w[i..]), Vector512.Create(mu[i..]));
            var residual = count - mean;
            (weight * residual).CopyTo(u[i..]);
            if (!h.IsEmpty)
                (weight * mean).CopyTo(h[i..]);
            pearsons += weight * residual * residual / mean;
            var isAllowed =
                Vector512.GreaterThan(mean, Vector512<double>.Zero)
                & Vector512.LessThan(mean, Vector512.Create(double.PositiveInfinity));
            allowed += Vector512.ConditionalSelect(isAllowed, Vector512<double>.One, Vector512<double>.Zero);
            var isZero = Vector512.Equals(count, Vector512<double>.Zero);
            deviances += Vector512.ConditionalSelect(isZero, weight * (mean + mean), Vector512<double>.Zero);
            for (var claims = ~isZero.ExtractMostSignificantBits() & 255; claims != 0; claims &= claims - 1)
            {
                var row = i + BitOperations.TrailingZeroCount(claims);
                deviance += w[row] * formulas.UnitDeviance(y[row], mu[row]);
            }
        }
        outside -= (int)Vector512.Sum(allowed);
        for (; i < y.Length; i++)
        {
            var residual = y[i] - mu[i];
            u[i] = w[i] * residual;
            if (!h.IsEmpty)
                h[i] = w[i] * mu[i];
            pearson += w[i] * residual * residual / mu[i];
            outside -= formulas.MeanInDomain(mu[i]) ? 1 : 0;
            deviance += w[i] * formulas.UnitDeviance(y[i], mu[i]);
        }
        return new(ShareRows.AddLanes(deviances) + deviance, ShareRows.AddLanes(pearsons) + pearson, outside);
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
