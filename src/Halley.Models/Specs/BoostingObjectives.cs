using Halley.Boosting;
using Halley.Statistics;

namespace Halley.Models;

/// <summary>Families as boosting's objectives.</summary>
static class BoostingObjectives
{
    /// <summary>Null for a family that boosting has no objective for.</summary>
    public static BoostingObjective? For(Family family) => family.Accept(new ObjectiveOf());

    /// <summary>The negative binomial's θ; null for other families, and where it is to be estimated.</summary>
    public static double? ThetaOf(Family family) => family.Accept(new ThetaGiven());

    /// <summary>The family whose links and figures go with an objective that is named; null for one that a family itself names.</summary>
    public static Family? FamilyFor(BoostingObjective objective) =>
        objective switch
        {
            BoostingObjective.Huber or BoostingObjective.Quantile or BoostingObjective.Multiclass => Family.Gaussian,
            BoostingObjective.ZeroInflatedPoisson => Family.Poisson,
            _ => null,
        };

    /// <summary>The Tweedie power p; null for other families.</summary>
    public static double? TweediePowerOf(Family family) => family.Accept(new PowerOf());

    public static Link LinkOf(BoostingObjective objective) =>
        objective switch
        {
            BoostingObjective.LogLoss => Link.Logit,
            BoostingObjective.SquaredError
            or BoostingObjective.Huber
            or BoostingObjective.Quantile
            or BoostingObjective.Multiclass => Link.Identity,
            _ => Link.Log,
        };

    sealed class ObjectiveOf : IFamilyVisitor<BoostingObjective?>
    {
        public BoostingObjective? Visit<TFamily>(TFamily family)
            where TFamily : struct, IFamily =>
            family switch
            {
                PoissonFamily => BoostingObjective.Poisson,
                GammaFamily => BoostingObjective.Gamma,
                TweedieFamily => BoostingObjective.Tweedie,
                NegativeBinomialFamily => BoostingObjective.NegativeBinomial,
                BinomialFamily => BoostingObjective.LogLoss,
                GaussianFamily => BoostingObjective.SquaredError,
                _ => null,
            };
    }

    sealed class ThetaGiven : IFamilyVisitor<double?>
    {
        public double? Visit<TFamily>(TFamily family)
            where TFamily : struct, IFamily =>
            family is NegativeBinomialFamily { IsShapeEstimated: false } negative ? negative.Theta : null;
    }

    sealed class PowerOf : IFamilyVisitor<double?>
    {
        public double? Visit<TFamily>(TFamily family)
            where TFamily : struct, IFamily => family is TweedieFamily tweedie ? tweedie.Power : null;
    }
}
