namespace Halley.Glm;

/// <summary>A polynomial without constant: β₁·x + … + β_d·x^d, or the same space in an orthogonal basis.</summary>
/// <param name="Degree">Degree d. Range 1 to 12.</param>
public sealed record PolynomialTerm(string Column, int Degree) : NumberTerm(Column)
{
    /// <summary>
    /// Whether coefficients belong to polynomials that are orthonormal over the learn rows (weights left out), as R's
    /// <c>poly(x, d)</c>; predictions are the same either way. Default: no.
    /// </summary>
    public bool Orthogonal { get; init; }

    private protected override string UsualName => $"poly({Column}, {Degree})";

    private protected override string Shape => InvariantText.Of(Degree);

    internal override IEnumerable<string> Problems()
    {
        foreach (var problem in base.Problems())
            yield return problem;
        if (Degree is < 1 or > 12)
            yield return $"term '{Name}': degree {Degree} is outside 1 to 12";
    }
}
