using Halley.Statistics;

namespace Halley.Boosting;

/// <summary>Puts a family's objective into options.</summary>
sealed class ObjectiveOfFamily(BoostingOptions options) : IFamilyVisitor<BoostingOptions>
{
    public BoostingOptions Visit<TFamily>(TFamily family)
        where TFamily : struct, IFamily =>
        family switch
        {
            PoissonFamily => options with { Objective = BoostingObjective.Poisson },
            GammaFamily => options with { Objective = BoostingObjective.Gamma },
            TweedieFamily tweedie => options with
            {
                Objective = BoostingObjective.Tweedie,
                TweediePower = tweedie.Power,
                EstimateTweediePower = tweedie.IsShapeEstimated,
            },
            BinomialFamily => options with { Objective = BoostingObjective.LogLoss },
            NegativeBinomialFamily negative => options with
            {
                Objective = BoostingObjective.NegativeBinomial,
                Theta = negative.IsShapeEstimated ? null : negative.Theta,
            },
            GaussianFamily => options with { Objective = BoostingObjective.SquaredError },
            _ => throw new ArgumentException($"boosting has no objective for the family '{family.Name}'.", nameof(family)),
        };
}
