namespace Halley.Glm;

/// <summary>A spline of a few coefficients, fitted without penalty.</summary>
public abstract record SplineTerm(string Column) : NumberTerm(Column)
{
    /// <summary>Where pieces meet, rising, inside the range of the learn rows; null for quantiles of them, as many as <see cref="DegreesOfFreedom"/> asks for.</summary>
    public IReadOnlyList<double>? Knots { get; init; }

    /// <summary>Number of coefficients, where no knots are given. Range 1 to 60. Default 4.</summary>
    public int DegreesOfFreedom { get; init; } = 4;

    private protected override string Shape =>
        Knots is null ? InvariantText.Of(DegreesOfFreedom) : string.Join(' ', Knots.Select(InvariantText.Of));

    internal override IEnumerable<string> Problems()
    {
        foreach (var problem in base.Problems())
            yield return problem;
        if (DegreesOfFreedom is < 1 or > 60)
            yield return $"term '{Name}': {DegreesOfFreedom} degrees of freedom are outside 1 to 60";
        for (var i = 0; i < Knots?.Count; i++)
        {
            if (!double.IsFinite(Knots[i]) || (i > 0 && Knots[i] <= Knots[i - 1]))
                yield return $"term '{Name}': knot {InvariantText.Of(Knots[i])} is not above the one before it";
        }
        if (Knots?.Count > 50)
            yield return $"term '{Name}': {Knots.Count} knots are more than 50; use a smooth term";
    }
}
