using System.Text.Json.Serialization;

namespace Halley.Glm;

/// <summary>Products of the columns of two or more terms: a coefficient for each cell, a slope or a curve for each level, a smooth surface.</summary>
/// <remarks>
/// A factor inside has no column for its base level where the model also holds the same interaction without that factor (for
/// two parts: the other part alone), and one for every level otherwise: the rule of R's formulas. By the same rule a smooth inside sums to zero by
/// itself where the model holds the interaction without it, so that a surface beside its two curves is what they leave (mgcv's <c>ti</c>), and
/// by itself a whole one (mgcv's <c>te</c>). Levels have a curve or surface each, and a number multiplies it.
/// </remarks>
/// <param name="Factors">The terms that are multiplied; not interactions themselves.</param>
[method: JsonConstructor]
public sealed record InteractionTerm(IReadOnlyList<Term> Factors) : Term
{
    /// <summary>Smooths of one surface at most.</summary>
    const int MaxMargins = 3;

    public InteractionTerm(params Term[] factors)
        : this((IReadOnlyList<Term>)factors) { }

    private protected override string UsualName => string.Join(":", Factors.Select(factor => factor.Name));

    internal override IReadOnlyList<Term> Parts =>
        Factors.Any(factor => factor is SmoothTerm or PenalisedLevelTerm) ? [.. Factors.OrderBy(PlaceOf)] : Factors;

    internal override IEnumerable<string> Problems()
    {
        if (Factors.Count < 2)
            yield return $"interaction '{Name}' has {Factors.Count} part(s); it needs two or more";
        foreach (var factor in Factors)
        {
            if (factor is InteractionTerm)
                yield return $"interaction '{Name}' holds the interaction '{factor.Name}'; list all parts in one";
            if (factor is LevelTerm { IsHeld: true })
                yield return $"interaction '{Name}' holds '{factor.Name}' with a monotone rule or limits, which belong to a term by itself; leave the rule out here";
            foreach (var problem in factor.Problems())
                yield return problem;
        }
        var width = Factors.Aggregate(1L, (product, term) => product * WidthOf(term));
        var limit = Factors.Any(factor => factor is SmoothTerm) ? TermEncoder.SurfaceLimit : TermEncoder.WidthLimit;
        if (width > limit)
            yield return $"interaction '{Name}' multiplies its numbers to {width} columns; {limit} is the limit"
                + (limit == TermEncoder.SurfaceLimit ? ": give its smooths less size" : "");
        var twice = Factors.GroupBy(factor => factor.Name).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
            yield return $"interaction '{Name}' holds '{twice.Key}' twice";
        foreach (var problem in ProblemsOfSmooths().Concat(ProblemsOfLevels()))
            yield return problem;
    }

    /// <summary>Columns of a part's numbers.</summary>
    internal static int WidthOf(Term term) =>
        term switch
        {
            PolynomialTerm polynomial => Math.Max(polynomial.Degree, 1),
            BSplineTerm { Knots: { } knots } spline => knots.Count + spline.Degree,
            SplineTerm { Knots: { } knots } => knots.Count + 1,
            SplineTerm spline => Math.Max(spline.DegreesOfFreedom, 1),
            SmoothTerm smooth => Math.Max(smooth.Knots?.Count ?? smooth.Size, 1),
            _ => 1,
        };

    /// <summary>Levels first, numbers next, then what is penalised by number: a curve's place is its cell, then its column of numbers.</summary>
    static int PlaceOf(Term term) =>
        term switch
        {
            SmoothTerm => 3,
            NumberTerm => 2,
            PenalisedLevelTerm => 1,
            _ => 0,
        };

    IEnumerable<string> ProblemsOfSmooths()
    {
        SmoothTerm[] smooths = [.. Factors.OfType<SmoothTerm>()];
        if (smooths.Length > MaxMargins)
            yield return $"interaction '{Name}' is a surface of {smooths.Length} smooths; {MaxMargins} is the limit: use splines (ns) for the rest";
        foreach (var smooth in smooths.Where(smooth => smooth.By is not null))
            yield return $"interaction '{Name}' holds '{smooth.Name}', a smooth by '{smooth.By!.Name}'; list that as a part of the interaction";
        foreach (var smooth in smooths.Where(smooth => smooth.Lambda == 0 && smooths.Length > 1))
            yield return $"interaction '{Name}': lambda 0 of '{smooth.Name}' leaves a surface open; give a number above 0, or a spline (ns) in its place";
        var columns = smooths.Length == 0 ? [] : Factors.OfType<NumberTerm>().GroupBy(number => number.Column);
        foreach (var group in columns.Where(group => group.Count() > 1))
            yield return $"interaction '{Name}' multiplies smooths by '{group.Key}' twice; keep one";
        if (smooths.Length == 0)
            yield break;
        foreach (var levels in Factors.OfType<PenalisedLevelTerm>())
            yield return levels is CredibilityTerm
                ? $"interaction '{Name}' holds '{levels.Name}' and the smooth '{smooths[0].Name}': use a factor in place of the first (a curve for each level), or a spline (ns) in place of the second (curves by credibility)"
                : $"interaction '{Name}' holds '{levels.Name}' and the smooth '{smooths[0].Name}': use a factor in place of the first (a curve for each territory), or bands in place of the second (a map for each band)";
    }

    IEnumerable<string> ProblemsOfLevels()
    {
        if (Factors.OfType<NeighbourTerm>().FirstOrDefault() is not { } map)
        {
            if (Factors.OfType<CredibilityTerm>().Count(term => term.Lambda is not null) > 1)
                yield return $"interaction '{Name}' has one variance; give lambda in one of its parts";
            yield break;
        }
        foreach (var other in Factors.OfType<PenalisedLevelTerm>().Where(other => !ReferenceEquals(other, map)))
            yield return $"interaction '{Name}' holds '{map.Name}' and '{other.Name}': use a factor in place of the second (a map for each level), or credibility for both (cells)";
        foreach (var number in Factors.OfType<NumberTerm>().Where(number => number is not SmoothTerm))
            yield return $"interaction '{Name}' holds '{map.Name}' and the number '{number.Name}': use bands of it (a map for each band), or credibility in place of the territory (a slope for each)";
    }
}
