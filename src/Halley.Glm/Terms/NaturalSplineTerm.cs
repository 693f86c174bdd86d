namespace Halley.Glm;

/// <summary>A natural cubic spline: cubic between knots, straight outside the learn rows' range. Coefficients are those of R's <c>ns</c>.</summary>
public sealed record NaturalSplineTerm(string Column) : SplineTerm(Column)
{
    private protected override string UsualName => $"ns({Column})";
}
