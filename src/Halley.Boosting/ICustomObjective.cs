using Halley.Statistics;

namespace Halley.Boosting;

/// <summary>A loss of one's own that boosting minimises: see <see cref="BoostingTrainer.Custom"/>. It must be safe to share between threads.</summary>
/// <remarks>Exact results on any number of threads ask for formulas that depend on their arguments alone.</remarks>
public interface ICustomObjective
{
    /// <summary>Name for messages.</summary>
    string Name { get; }

    /// <summary>The link between score and prediction.</summary>
    Link Link { get; }

    /// <summary>Whether the prediction is a mean: scores then start where, and are shifted until, predictions add up to the target.</summary>
    bool PredictsMean { get; }

    /// <summary>The domain of the target in words, for messages: <c>y ≥ 0</c>.</summary>
    string Domain { get; }

    /// <summary>Whether a target can be fitted.</summary>
    bool InDomain(double y);

    /// <summary>Half the deviance of a row of weight 1, at least 0 or up to a constant of the target.</summary>
    double Loss(double y, double eta);

    /// <summary>∂ℓ/∂η, and ∂²ℓ/∂η² or another curvature of at least 0.</summary>
    (double Gradient, double Hessian) Derivatives(double y, double eta);
}
