namespace Halley.Glm;

/// <summary>A factor without base level, whose levels are held back by a penalty that the data choose (REML), or that is given.</summary>
public abstract record PenalisedLevelTerm(string Column) : LevelTerm(Column)
{
    /// <summary>Weight of the penalty, on the scale of the deviance; null to choose it by REML. Above 0.</summary>
    public double? Lambda { get; init; }

    internal override IEnumerable<string> Problems()
    {
        foreach (var problem in base.Problems())
            yield return problem;
        if (Base is not null)
            yield return $"term '{Name}': levels are measured from the mean of all, so there is no base level; remove '{Base}'";
        if (Fixed is not null)
            yield return $"term '{Name}': levels held by a penalty have no given relativities; use a factor";
        if (IsHeld)
            yield return $"term '{Name}': levels held by a penalty take no monotone rule and no limits; use a factor";
        if (Lambda is { } lambda && !(lambda > 0 && double.IsFinite(lambda)))
            yield return $"term '{Name}': lambda {InvariantText.Of(lambda)} is not a number above 0";
    }
}
