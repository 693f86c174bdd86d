using Halley.Boosting;
using Halley.Statistics;

namespace Halley.Models;

/// <summary>Families as boosting's objectives.</summary>
static class BoostingObjectives
{
    /// <summary>Null for a family that boosting has no objective for.</summary>
    public static BoostingObjective? For(Family family) => family.IsShapeEstimated ? null : family.Accept(new ObjectiveOf());

    /// <summary>The Tweedie power p; null for other families.</summary>
    public static double? TweediePowerOf(Family family) => family.Accept(new PowerOf());

    public static Link LinkOf(BoostingObjective objective) =>
        objective switch
        {
            BoostingObjective.LogLoss => Link.Logit,
            BoostingObjective.SquaredError => Link.Identity,
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
                BinomialFamily => BoostingObjective.LogLoss,
                GaussianFamily => BoostingObjective.SquaredError,
                _ => null,
            };
    }

    sealed class PowerOf : IFamilyVisitor<double?>
    {
        public double? Visit<TFamily>(TFamily family)
            where TFamily : struct, IFamily => family is TweedieFamily tweedie ? tweedie.Power : null;
    }
}
