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

    /// <summary>Reject, a level of its own, or replace by a level. Default: a level of its own.</summary>
    public override ValueRule WhenMissing { get; init; } = ValueRule.Missing;

    internal override IEnumerable<string> Problems()
    {
        foreach (var problem in base.Problems())
            yield return problem;
        foreach (var (level, value) in Fixed ?? new Dictionary<string, double>())
        {
            if (!double.IsFinite(value))
                yield return $"term '{Name}': the relativity of '{level}' is {InvariantText.Of(value)}, not a number";
            if (level == Base)
                yield return $"term '{Name}': '{level}' is the base level, whose relativity is 1; name another base, or leave it out";
        }
    }
}
