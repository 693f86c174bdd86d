namespace Halley.Glm;

/// <summary>Territories smoothed over a map: neighbours are drawn to each other, as far as the data choose.</summary>
/// <remarks>Penalty λ·Σ (b_i − b_j)² over pairs of neighbours, effects summing to zero over the learn rows; mgcv's <c>s(x, bs = "mrf")</c>.</remarks>
/// <param name="Neighbours">Neighbours of each level; a pair counts once, whichever of the two names the other.</param>
public sealed record NeighbourTerm(string Column, IReadOnlyDictionary<string, IReadOnlyList<string>> Neighbours)
    : PenalisedLevelTerm(Column)
{
    private protected override string UsualName => $"mrf({Column})";

    internal override IEnumerable<string> Problems()
    {
        foreach (var problem in base.Problems())
            yield return problem;
        if (Neighbours.Count == 0)
            yield return $"term '{Name}': no neighbours";
        foreach (var level in Neighbours.Where(pair => pair.Value.Contains(pair.Key)).Select(pair => pair.Key))
            yield return $"term '{Name}': '{level}' is listed as its own neighbour";
    }
}
