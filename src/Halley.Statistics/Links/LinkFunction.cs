namespace Halley.Statistics;

/// <summary>How a linear predictor η stands to a mean μ: η = g(μ).</summary>
public enum LinkFunction
{
    /// <summary>η = μ.</summary>
    Identity,

    /// <summary>η = ln μ.</summary>
    Log,

    /// <summary>η = ln(μ/(1 − μ)).</summary>
    Logit,

    /// <summary>η = 1/μ.</summary>
    Inverse,

    /// <summary>η = Φ⁻¹(μ), Φ the standard normal distribution function.</summary>
    Probit,

    /// <summary>η = ln(−ln(1 − μ)).</summary>
    ComplementaryLogLog,

    /// <summary>η = μ^λ with λ the link's exponent.</summary>
    Power,
}
