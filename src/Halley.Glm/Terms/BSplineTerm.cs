namespace Halley.Glm;

/// <summary>A polynomial spline; outside the learn rows' range it stays at its value at the end. Coefficients are those of R's <c>bs</c>.</summary>
public sealed record BSplineTerm(string Column) : SplineTerm(Column)
{
    /// <summary>Degree of the pieces. Range 1 to 5. Default 3.</summary>
    public int Degree { get; init; } = 3;

    private protected override string UsualName => $"bs({Column})";

    private protected override string Shape => $"{base.Shape} of degree {InvariantText.Of(Degree)}";

    internal override IEnumerable<string> Problems()
    {
        foreach (var problem in base.Problems())
            yield return problem;
        if (Degree is < 1 or > 5)
            yield return $"term '{Name}': degree {Degree} is outside 1 to 5";
        if (Knots is null && DegreesOfFreedom < Degree)
            yield return $"term '{Name}': a spline of degree {Degree} has {Degree} degrees of freedom or more, not {DegreesOfFreedom}";
    }
}
