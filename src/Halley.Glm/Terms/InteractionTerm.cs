using System.Text.Json.Serialization;

namespace Halley.Glm;

/// <summary>Products of the columns of two or more terms, for example a slope for each level, or a coefficient for each cell.</summary>
/// <remarks>
/// A factor inside has no column for its base level where the model also holds the same interaction without that factor (for
/// two parts: the other part alone), and one for every level otherwise: the rule of R's formulas.
/// </remarks>
/// <param name="Factors">The terms that are multiplied; not interactions themselves.</param>
[method: JsonConstructor]
public sealed record InteractionTerm(IReadOnlyList<Term> Factors) : Term
{
    public InteractionTerm(params Term[] factors)
        : this((IReadOnlyList<Term>)factors) { }

    private protected override string UsualName => string.Join(":", Factors.Select(factor => factor.Name));

    internal override IReadOnlyList<Term> Parts => Factors;

    internal override IEnumerable<string> Problems()
    {
        if (Factors.Count < 2)
            yield return $"interaction '{Name}' has {Factors.Count} part(s); it needs two or more";
        foreach (var factor in Factors)
        {
            if (factor is InteractionTerm)
                yield return $"interaction '{Name}' holds the interaction '{factor.Name}'; list all parts in one";
            if (factor is SmoothTerm or PenalisedLevelTerm)
                yield return $"interaction '{Name}' holds '{factor.Name}', whose penalty an interaction does not have; use a smooth by level (by), a spline (ns, bs) or a factor";
            if (factor is LevelTerm { IsHeld: true })
                yield return $"interaction '{Name}' holds '{factor.Name}' with a monotone rule or limits, which belong to a term by itself";
            foreach (var problem in factor.Problems())
                yield return problem;
        }
        var width = Factors.Aggregate(1L, (product, term) => product * WidthOf(term));
        if (width > TermEncoder.WidthLimit)
            yield return $"interaction '{Name}' multiplies its numbers to {width} columns; {TermEncoder.WidthLimit} is the limit";
        var twice = Factors.GroupBy(factor => factor.Name).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
            yield return $"interaction '{Name}' holds '{twice.Key}' twice";
    }

    /// <summary>Columns of a part's numbers.</summary>
    static int WidthOf(Term term) =>
        term switch
        {
            PolynomialTerm polynomial => Math.Max(polynomial.Degree, 1),
            BSplineTerm { Knots: { } knots } spline => knots.Count + spline.Degree,
            SplineTerm { Knots: { } knots } => knots.Count + 1,
            SplineTerm spline => Math.Max(spline.DegreesOfFreedom, 1),
            _ => 1,
        };
}
