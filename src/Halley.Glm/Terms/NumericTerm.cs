namespace Halley.Glm;

/// <summary>β·x: one coefficient for a number (a date counts in days).</summary>
public sealed record NumericTerm(string Column) : NumberTerm(Column)
{
    private protected override string UsualName => Column;
}
