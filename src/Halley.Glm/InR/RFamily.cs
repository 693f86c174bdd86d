using Halley.Data;
using Halley.Statistics;

namespace Halley.Glm;

/// <summary>A family and its link as R's <c>glm</c> takes them.</summary>
/// <param name="Text">The family's call.</param>
/// <param name="Package">Package beside base R that has it; null for none.</param>
/// <param name="IsThetaFitted">Whether the fit is MASS's <c>glm.nb</c>, which estimates θ.</param>
sealed record RFamily(string Text, string? Package = null, bool IsThetaFitted = false)
{
    /// <param name="estimated">Whether the fit estimated the family's own parameter.</param>
    /// <param name="hasSmooths">Whether mgcv fits it, which has own words for some families.</param>
    /// <exception cref="HalleyException">HLY2151: R has no such family.</exception>
    internal static RFamily Of(Family family, Link link, bool estimated, bool hasSmooths)
    {
        var name = Words(link);
        return family.Accept(new Parameter()) switch
        {
            (double theta, true) when estimated => link.Name is "log" or "identity" or "power(0.5)"
                ? new($"link = {(link.Name == "power(0.5)" ? "sqrt" : link.Name)}", "MASS", IsThetaFitted: true)
                : throw GlmErrors.NotInR(
                    $"MASS estimates theta under the links log, identity and sqrt alone, not {link.Name}",
                    $"Give the family with what the fit found, negbinomial({InvariantText.Of(theta)})"
                ),
            (double theta, true) when hasSmooths => new($"negbin(theta = {RText.Of(theta)}, link = {name})"),
            (double theta, true) => new($"negative.binomial(theta = {RText.Of(theta)}, link = {name})", "MASS"),
            (double power, false) when hasSmooths => new($"Tweedie(p = {RText.Of(power)}, link = power({Exponent(link)}))"),
            (double power, false) => new($"tweedie(var.power = {RText.Of(power)}, link.power = {Exponent(link)})", "statmod"),
            _ => new($"{Plain(family)}(link = {name})"),
        };
    }

    /// <summary>A link object, which every family of base R takes, whatever links its help lists.</summary>
    static string Words(Link link) =>
        link.Function switch
        {
            LinkFunction.Power when link.Exponent == 0.5 => "make.link(\"sqrt\")",
            LinkFunction.Power when link.Exponent == -2 => "make.link(\"1/mu^2\")",
            LinkFunction.Power => $"power({RText.Of(link.Exponent)})",
            _ => $"make.link({RText.Of(link.Name)})",
        };

    static string Exponent(Link link) =>
        link.Function switch
        {
            LinkFunction.Log => "0",
            LinkFunction.Identity => "1",
            LinkFunction.Inverse => "-1",
            LinkFunction.Power => RText.Of(link.Exponent),
            _ => throw GlmErrors.NotInR(
                $"R's Tweedie families have the log link and power links alone, not {link.Name}",
                "Use the log link"
            ),
        };

    static string Plain(Family family) =>
        family.Name switch
        {
            "gamma" => "Gamma",
            "inversegaussian" => "inverse.gaussian",
            _ => family.Name,
        };

    /// <summary>A family's own parameter, and whether it is the negative binomial's.</summary>
    sealed class Parameter : IFamilyVisitor<(double? Value, bool IsTheta)>
    {
        public (double? Value, bool IsTheta) Visit<TFamily>(TFamily family)
            where TFamily : struct, IFamily =>
            family switch
            {
                TweedieFamily tweedie => (tweedie.Power, false),
                NegativeBinomialFamily negative => (negative.Theta, true),
                _ => (null, false),
            };
    }
}
