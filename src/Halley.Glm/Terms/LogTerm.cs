namespace Halley.Glm;

/// <summary>β·ln x, for x &gt; 0.</summary>
public sealed record LogTerm(string Column) : NumberTerm(Column)
{
    private protected override string UsualName => $"log({Column})";
}
