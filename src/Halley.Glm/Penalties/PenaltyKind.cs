namespace Halley.Glm;

/// <summary>What of a term's coefficients is penalised.</summary>
public enum PenaltyKind
{
    /// <summary>Each coefficient by itself: ridge, lasso, or a mixture.</summary>
    Each,

    /// <summary>All of the term together (group lasso): the term is in the model as a whole, or not. Times √(number of coefficients).</summary>
    Group,

    /// <summary>Steps between neighbouring levels (fused lasso; its ridge part smooths): levels merge into bands. Levels in their order, base at 0.</summary>
    Steps,

    /// <summary>Differences between all pairs of levels: levels that are alike merge, wherever they stand. The base takes part, at 0.</summary>
    Pairs,
}
