using Halley.Data;

namespace Halley.Glm;

/// <summary>A term made from one column.</summary>
/// <param name="Column">Name of the column.</param>
public abstract record ColumnTerm(string Column) : Term
{
    /// <summary>What a row without a value gets. Default: a level of its own in factors and bands; refused in terms of numbers.</summary>
    public abstract ValueRule WhenMissing { get; init; }

    /// <summary>Which columns of a design the term makes, whatever it is called: a number and bands of one column are two things.</summary>
    internal string Columns => $"{GetType().Name} {Column} {Shape}";

    /// <summary>What beside kind and column decides the columns.</summary>
    private protected virtual string Shape => "";

    internal override IEnumerable<string> Problems()
    {
        if (string.IsNullOrWhiteSpace(Column))
            yield return $"a {GetType().Name} names no column";
    }
}
