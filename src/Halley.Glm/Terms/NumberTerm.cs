using Halley.Data;

namespace Halley.Glm;

/// <summary>A term whose columns of the design are functions of a number.</summary>
public abstract record NumberTerm(string Column) : ColumnTerm(Column)
{
    /// <summary>Reject, or replace by a number. Default: reject.</summary>
    public override ValueRule WhenMissing { get; init; } = ValueRule.Reject;

    internal override IEnumerable<string> Problems()
    {
        foreach (var problem in base.Problems())
            yield return problem;
        if (WhenMissing.Action == ValueAction.Missing)
            yield return $"term '{Name}': a number has no level of its own for missing values. "
                + "Replace them by a number, or use a banded term";
        if (WhenMissing.Action == ValueAction.Replace && !InvariantText.TryNumber(WhenMissing.Value, out _))
            yield return $"term '{Name}': missing values are replaced by '{WhenMissing.Value}', which is not a number";
    }
}
