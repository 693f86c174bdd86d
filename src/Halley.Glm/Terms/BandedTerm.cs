namespace Halley.Glm;

/// <summary>A coefficient for each band of a number.</summary>
/// <remarks>
/// Cuts 6 and 13 make the bands <c>&lt;6</c>, <c>[6,13)</c> and <c>&gt;=13</c>: a band starts at its cut, like "from age 6".
/// </remarks>
/// <param name="Cuts">Where bands start, finite and rising; at least one.</param>
public sealed record BandedTerm(string Column, IReadOnlyList<double> Cuts) : LevelTerm(Column)
{
    private protected override string UsualName => Column;

    private protected override string Shape => string.Join(' ', Cuts.Select(InvariantText.Of));

    internal override IEnumerable<string> Problems()
    {
        foreach (var problem in base.Problems())
            yield return problem;
        if (Cuts.Count == 0)
            yield return $"term '{Name}': no cut points";
        for (var i = 0; i < Cuts.Count; i++)
        {
            if (!double.IsFinite(Cuts[i]) || (i > 0 && Cuts[i] <= Cuts[i - 1]))
                yield return $"term '{Name}': cut point {InvariantText.Of(Cuts[i])} is not above the one before it";
        }
    }
}
