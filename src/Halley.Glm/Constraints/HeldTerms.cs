using Halley.Kernels;
using Halley.Statistics;

namespace Halley.Glm;

/// <summary>Terms whose levels are held by a monotone rule or by limits: what they go with, and their rules as a penalty of no strength.</summary>
static class HeldTerms
{
    internal static IEnumerable<LevelTerm> Of(IEnumerable<Term> terms) => terms.OfType<LevelTerm>().Where(term => term.IsHeld);

    internal static IEnumerable<string> Problems(GlmOptions options)
    {
        var held = Of(options.Terms).ToList();
        if (held.Count == 0)
            yield break;
        var names = string.Join(", ", held.Select(term => $"'{term.Name}'"));
        var neutral = Multiplies(options.EffectiveLink) ? 1 : 0;
        foreach (var term in held.Where(term => term.Lowest > neutral || term.Highest < neutral))
            yield return $"term '{term.Name}': the limits must hold {neutral} between them, the base level's relativity";
        foreach (var term in held.Where(term => neutral == 1 && term.Lowest <= 0))
            yield return $"term '{term.Name}': the limit {InvariantText.Of(term.Lowest!.Value)} is not above 0; the {options.EffectiveLink.Name} link multiplies";
        if (options.Penalty is not null)
            yield return $"{names}: beside a penalty, a monotone rule or limits belong to the penalty's own terms; move them there";
        foreach (var term in options.Terms.Where(term => term.IsPenalised))
            yield return $"'{term.Name}' finds its own smoothing, which rules of {names} can't stand beside; use bands, a spline or a factor for it";
        foreach (var term in options.Terms.OfType<LevelTerm>().Where(term => term.Fixed is not null))
            yield return $"'{term.Name}' has given relativities, which rules of {names} can't stand beside; put them into an offset, or leave out one of the two";
        if (options.Family.IsShapeEstimated)
            yield return $"rules of {names} need a family whose own parameter is given; fit without them first, and give the family with what that found";
        if (options.BiasReduction)
            yield return $"bias reduction and rules of {names} can't stand together; leave out one of the two";
    }

    internal static bool Multiplies(Link link) => link.Function is LinkFunction.Log or LinkFunction.Logit;

    /// <summary>A relativity as a coefficient.</summary>
    internal static double? CoefficientOf(double? relativity, Link link) =>
        relativity is { } value && Multiplies(link) ? VectorMath.Log(value) : relativity;

    /// <summary>The same rules for a search within limits.</summary>
    internal static GlmPenalty PenaltyOf(GlmOptions options) =>
        new()
        {
            Strength = 0,
            Terms =
            [
                .. Of(options.Terms)
                    .Select(term => new PenaltyTerm(term.Name)
                    {
                        Monotone = term.Monotone ?? MonotoneRule.Free,
                        Lower = CoefficientOf(term.Lowest, options.EffectiveLink),
                        Upper = CoefficientOf(term.Highest, options.EffectiveLink),
                    }),
            ],
        };
}
