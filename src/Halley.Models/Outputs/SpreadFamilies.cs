using Halley.Statistics;

namespace Halley.Models;

/// <summary>Families whose second parameter trees can fit.</summary>
static class SpreadFamilies
{
    public const string Names = "gamma, negbinomial, tweedie(p) and gaussian";

    /// <summary>Null for others.</summary>
    public static ITwoParameterFamily? Of(Family family) => family.Accept(new TwoParametersOf());

    sealed class TwoParametersOf : IFamilyVisitor<ITwoParameterFamily?>
    {
        public ITwoParameterFamily? Visit<TFamily>(TFamily family)
            where TFamily : struct, IFamily =>
            family switch
            {
                GammaFamily => new GammaMeanShape(),
                NegativeBinomialFamily { IsShapeEstimated: true } => new NegativeBinomialMeanSize(),
                TweedieFamily { IsShapeEstimated: false } tweedie => new TweedieMeanDispersion(tweedie.Power),
                GaussianFamily => new NormalMeanDeviation(),
                _ => null,
            };
    }
}
