using Halley.Statistics;

namespace Halley.Models;

/// <summary>Families whose second parameter trees can fit.</summary>
static class SpreadFamilies
{
    public const string Names = "gamma, negbinomial, tweedie, tweedie(p) and gaussian";

    /// <summary>Null for others.</summary>
    /// <param name="fitted">With its own parameter as it was found; null before the fit, and where it is given.</param>
    public static ITwoParameterFamily? Of(Family family, Family? fitted = null) =>
        (BoostingObjectives.TweediePowerOf(family) is null ? family : fitted ?? family).Accept(new TwoParametersOf());

    sealed class TwoParametersOf : IFamilyVisitor<ITwoParameterFamily?>
    {
        public ITwoParameterFamily? Visit<TFamily>(TFamily family)
            where TFamily : struct, IFamily =>
            family switch
            {
                GammaFamily => new GammaMeanShape(),
                NegativeBinomialFamily { IsShapeEstimated: true } => new NegativeBinomialMeanSize(),
                TweedieFamily tweedie => new TweedieMeanDispersion(tweedie.Power),
                GaussianFamily => new NormalMeanDeviation(),
                _ => null,
            };
    }
}
