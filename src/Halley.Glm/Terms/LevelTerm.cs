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

    /// <summary>Reject, a level of its own, or replace by a level. Default: a level of its own.</summary>
    public override ValueRule WhenMissing { get; init; } = ValueRule.Missing;
}
