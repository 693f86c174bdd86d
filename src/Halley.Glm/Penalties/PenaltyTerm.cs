namespace Halley.Glm;

/// <summary>What the penalty, or a constraint, does with one term.</summary>
/// <param name="Term">Name of the term.</param>
public sealed record PenaltyTerm(string Term)
{
    /// <summary>Multiplies the strength for this term: 0 leaves it unpenalised. At least 0. Default 1.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Default: each coefficient by itself.</summary>
    public PenaltyKind Kind { get; init; }

    /// <summary>No coefficient of the term is below this; null for no limit. At most 0, which is where the base level is.</summary>
    public double? Lower { get; init; }

    /// <summary>No coefficient of the term is above this; null for no limit. At least 0.</summary>
    public double? Upper { get; init; }

    /// <summary>For factors and bands. Default: free.</summary>
    public MonotoneRule Monotone { get; init; }

    internal IEnumerable<string> Problems()
    {
        if (!(Weight >= 0 && double.IsFinite(Weight)))
            yield return $"penalty of '{Term}': weight {InvariantText.Of(Weight)} is not a number from 0 up";
        if (Lower > 0 || Upper < 0 || double.IsNaN(Lower ?? 0) || double.IsNaN(Upper ?? 0))
            yield return $"penalty of '{Term}': the limits must hold 0 between them, the base level's coefficient";
        var bounded = Lower is not null || Upper is not null;
        if (bounded && (Kind != PenaltyKind.Each || Monotone != MonotoneRule.Free))
            yield return $"penalty of '{Term}': limits go with coefficients penalised each by itself, and without a monotone rule";
        if (Monotone != MonotoneRule.Free && Kind is PenaltyKind.Group or PenaltyKind.Pairs)
            yield return $"penalty of '{Term}': a monotone rule goes with each or steps, not with {Kind.ToString().ToLowerInvariant()}";
    }
}
