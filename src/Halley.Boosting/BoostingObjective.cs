namespace Halley.Boosting;

/// <summary>The loss that boosting minimises; it fixes the link.</summary>
public enum BoostingObjective
{
    /// <summary>Counts, target ≥ 0, log link.</summary>
    Poisson,

    /// <summary>Positive amounts, target &gt; 0, log link.</summary>
    Gamma,

    /// <summary>Amounts with a mass at zero, target ≥ 0, log link, variance φ·μ^p with p = <see cref="BoostingOptions.TweediePower"/>.</summary>
    Tweedie,

    /// <summary>A yes/no target or a share, 0 to 1, logit link.</summary>
    LogLoss,

    /// <summary>Any number, identity link.</summary>
    SquaredError,

    /// <summary>Any number, identity link; squared error up to <see cref="BoostingOptions.HuberDelta"/> from the target, absolute beyond.</summary>
    Huber,

    /// <summary>Any number, identity link; the prediction is the quantile of <see cref="BoostingOptions.QuantileLevel"/>.</summary>
    Quantile,

    /// <summary>Counts, target ≥ 0, log link, variance μ + μ²/θ with θ = <see cref="BoostingOptions.Theta"/>.</summary>
    NegativeBinomial,

    /// <summary>Counts with certain zeros among them, target ≥ 0, log link; the prediction is the mean of all.</summary>
    ZeroInflatedPoisson,

    /// <summary>
    /// One of <see cref="BoostingOptions.Classes"/> classes, target 0, 1, …; a tree a class and round, probabilities by softmax. The score
    /// is the number of the most likely class.
    /// </summary>
    Multiclass,
}
