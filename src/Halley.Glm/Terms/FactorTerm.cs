using Halley.Data;

namespace Halley.Glm;

/// <summary>A coefficient for each level of a category or boolean, or for each distinct value of a number.</summary>
public sealed record FactorTerm(string Column) : LevelTerm(Column)
{
    /// <summary>
    /// What a number gets that the learn rows did not hold (categories are recoded before they reach the model): reject, treat as
    /// missing, or replace by a level. Default: reject.
    /// </summary>
    public ValueRule WhenUnseen { get; init; } = ValueRule.Reject;

    private protected override string UsualName => Column;
}
