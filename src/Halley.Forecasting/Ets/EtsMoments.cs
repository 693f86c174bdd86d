namespace Halley.Forecasting;

/// <summary>Standard deviations of forecasts where the recursion is linear in the errors.</summary>
/// <remarks>
/// An error moves the forecast j steps later by c_j = α + β(φ + … + φ^j) + γ·1{m divides j}.
/// Additive errors: v_h = σ²(1 + Σ_{j&lt;h} c_j²). Multiplicative: θ_h = μ_h² + σ²Σ_{j&lt;h} c_j²θ_{h−j} and v_h = (1 + σ²)θ_h − μ_h².
/// Source: Hyndman et al. (2008), sections 6.2.2 and 6.3; the season enters at j = m, not a step before.
/// </remarks>
static class EtsMoments
{
    /// <summary>Shape (horizon), or null for forms that are not linear.</summary>
    internal static double[]? Linear(EtsFit fit, double[] mean)
    {
        var form = fit.EtsForm;
        if (form.Trend == EtsPart.Multiplicative || form.Season == EtsPart.Multiplicative)
            return null;
        var weights = Weights(fit, mean.Length);
        var sd = new double[mean.Length];
        return form.Error == EtsPart.Additive ? Additive(fit.Sigma2, weights, sd) : Multiplicative(fit.Sigma2, weights, mean, sd);
    }

    static double[] Additive(double sigma2, double[] weights, double[] sd)
    {
        var sum = 1.0;
        for (var h = 0; h < sd.Length; h++)
        {
            sd[h] = Math.Sqrt(sigma2 * sum);
            sum += weights[h] * weights[h];
        }
        return sd;
    }

    static double[] Multiplicative(double sigma2, double[] weights, double[] mean, double[] sd)
    {
        var theta = new double[sd.Length];
        for (var h = 0; h < sd.Length; h++)
        {
            theta[h] = mean[h] * mean[h];
            for (var j = 1; j <= h; j++)
                theta[h] += sigma2 * weights[j - 1] * weights[j - 1] * theta[h - j];
            sd[h] = Math.Sqrt((1 + sigma2) * theta[h] - mean[h] * mean[h]);
        }
        return sd;
    }

    /// <summary>c_1 … c_horizon.</summary>
    static double[] Weights(EtsFit fit, int horizon)
    {
        var (by, weights) = (fit.Parameters, new double[horizon]);
        var (damping, slope) = (1.0, 0.0);
        for (var j = 1; j <= horizon; j++)
        {
            damping *= by.Phi;
            slope += damping;
            weights[j - 1] = by.Alpha + by.Beta * slope + (fit.EtsForm.HasSeason && j % fit.Period == 0 ? by.Gamma : 0);
        }
        return weights;
    }
}
