namespace Halley.Glm;

/// <summary>A smooth function of a number: a rich spline held back by a penalty whose weight the data choose (REML), or that is given.</summary>
/// <remarks>
/// The function sums to zero over the learn rows; outside their range it goes on straight. With <see cref="By"/> each level has a curve and a
/// penalty of its own (mgcv's <c>s(x, by = factor)</c>); where the model also holds the same smooth without it, the base level has none, and
/// the curves are differences from the common one (mgcv's ordered factors).
/// </remarks>
public sealed record SmoothTerm(string Column) : NumberTerm(Column)
{
    /// <summary>Default: cubic.</summary>
    public SmoothKind Basis { get; init; } = SmoothKind.Cubic;

    /// <summary>Coefficients before penalty and centring: what the smooth could follow at most. Range 4 to 60. Default 10.</summary>
    public int Size { get; init; } = 10;

    /// <summary>Where a cubic smooth's knots are, ends included, rising, 4 to 60; null for even shares of the distinct values, as many as <see cref="Size"/>.</summary>
    public IReadOnlyList<double>? Knots { get; init; }

    /// <summary>Order of the differences that a P-spline's penalty is on. Range 1 to 3. Default 2.</summary>
    public int PenaltyOrder { get; init; } = 2;

    /// <summary>Weight of the penalty, on the scale of the deviance; null to choose it by REML. At least 0.</summary>
    public double? Lambda { get; init; }

    /// <summary>
    /// A <see cref="FactorTerm"/> or <see cref="BandedTerm"/> whose levels have a curve each, or a term of a number that the curve is multiplied by;
    /// null for one curve.
    /// </summary>
    /// <remarks>
    /// A level's curve sums to zero: the levels differ in height by the factor as a term of its own. A curve that multiplies a number is the number's
    /// slope and does not sum to zero, unless the model holds the number as a term of its own.
    /// </remarks>
    public Term? By { get; init; }

    private protected override string UsualName => By is null ? $"s({Column})" : $"s({Column}):{By.Name}";

    internal override IReadOnlyList<Term> Parts => By is null ? [this] : [By, this];

    internal override IEnumerable<string> Problems()
    {
        foreach (var problem in base.Problems())
            yield return problem;
        foreach (var problem in ProblemsOfBy())
            yield return problem;
        if (Size is < 4 or > 60)
            yield return $"term '{Name}': size {Size} is outside 4 to 60";
        if (Knots is { Count: < 4 or > 60 })
            yield return $"term '{Name}': {Knots.Count} knots are outside 4 to 60";
        if (Knots is not null && Basis == SmoothKind.PSpline)
            yield return $"term '{Name}': a P-spline's knots are even; give its size in place of knots";
        for (var i = 0; i < Knots?.Count; i++)
        {
            if (!double.IsFinite(Knots[i]) || (i > 0 && Knots[i] <= Knots[i - 1]))
                yield return $"term '{Name}': knot {InvariantText.Of(Knots[i])} is not above the one before it";
        }
        if (PenaltyOrder is < 1 or > 3)
            yield return $"term '{Name}': penalty order {PenaltyOrder} is outside 1 to 3";
        if (Lambda is < 0 || (Lambda is { } lambda && !double.IsFinite(lambda)))
            yield return $"term '{Name}': lambda {InvariantText.Of(Lambda.Value)} is not a number of 0 or more";
    }

    IEnumerable<string> ProblemsOfBy()
    {
        if (By is null)
            yield break;
        if (By is not (FactorTerm or BandedTerm or NumberTerm) or SmoothTerm)
        {
            yield return By is SmoothTerm or InteractionTerm
                ? $"term '{Name}': curves by '{By.Name}' need levels or a number; two smooths make a surface: write an interaction of them"
                : $"term '{Name}': curves by '{By.Name}' would hold one level's curve to another's; name a factor or bands";
            yield break;
        }
        var width = (long)InteractionTerm.WidthOf(By) * InteractionTerm.WidthOf(this);
        if (By is NumberTerm && width > TermEncoder.SurfaceLimit)
            yield return $"term '{Name}' has {width} columns; {TermEncoder.SurfaceLimit} is the limit: lower its size";
        if (By is ColumnTerm by && by.Column == Column)
            yield return $"term '{Name}': a curve of '{Column}' times the same column; leave 'by' out, and give the smooth more size";
        if (By is LevelTerm { Fixed: not null } or LevelTerm { IsHeld: true })
            yield return $"term '{Name}': given relativities, monotone rules and limits of '{By.Name}' belong to it as a term of its own";
        foreach (var problem in By.Problems())
            yield return problem;
    }
}
