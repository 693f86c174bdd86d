using Halley.Data;

namespace Halley.Glm;

/// <summary>A term with one coefficient a level, that of the base level being zero.</summary>
public abstract record LevelTerm(string Column) : ColumnTerm(Column)
{
    /// <summary>Name of the level that rows without a value form under <see cref="ValueRule.Missing"/>.</summary>
    public const string MissingLevel = "(missing)";

    /// <summary>
    /// Base level; null for the one with the most exposure (weight where there is no exposure; ties: the first). In an interaction
    /// null stands for the base that the factor has as a term of its own.
    /// </summary>
    public string? Base { get; init; }

    /// <summary>
    /// Relativities that are given, by level: those levels are not fitted, the rest are fitted anew around them. Factors on the mean under
    /// the log link, on the odds under the logit link, coefficients under other links. The base level's is 1. Not used inside
    /// interactions. Null for none.
    /// </summary>
    public IReadOnlyDictionary<string, double>? Fixed { get; init; }

    /// <summary>
    /// How relativities may run along the levels in their order: bands and numbers rising, categories as the column lists them; rows without a
    /// value are no part of it. Null: as they like. Not used inside interactions.
    /// </summary>
    public MonotoneRule? Monotone { get; init; }

    /// <summary>
    /// No relativity is below this; null for no limit. Measured as <see cref="Fixed"/>; the base level's, 1 (0 where links do not
    /// multiply), lies between the limits. Not used inside interactions.
    /// </summary>
    public double? Lowest { get; init; }

    /// <summary>No relativity is above this; null for no limit.</summary>
    public double? Highest { get; init; }

    /// <summary>Whether the levels' coefficients are held by a rule, and the rest is fitted around them.</summary>
    internal bool IsHeld => Monotone is MonotoneRule.Rising or MonotoneRule.Falling || Lowest is not null || Highest is not null;

    /// <summary>Reject, a level of its own, or replace by a level. Default: a level of its own.</summary>
    public override ValueRule WhenMissing { get; init; } = ValueRule.Missing;

    internal override IEnumerable<string> Problems()
    {
        foreach (var problem in base.Problems())
            yield return problem;
        if (double.IsNaN(Lowest ?? 0) || double.IsNaN(Highest ?? 0) || Lowest > Highest)
            yield return $"term '{Name}': {InvariantText.Of(Lowest ?? double.NegativeInfinity)} to {InvariantText.Of(Highest ?? double.PositiveInfinity)} are no limits; give the lower first";
        if (Monotone is MonotoneRule.Rising or MonotoneRule.Falling && (Lowest is not null || Highest is not null))
            yield return $"term '{Name}': a monotone rule and limits can't stand together; keep one, or group the levels at the end";
        foreach (var (level, value) in Fixed ?? new Dictionary<string, double>())
        {
            if (!double.IsFinite(value))
                yield return $"term '{Name}': the relativity of '{level}' is {InvariantText.Of(value)}, not a number";
            if (level == Base)
                yield return $"term '{Name}': '{level}' is the base level, whose relativity is 1; name another base, or leave it out";
        }
    }
}
