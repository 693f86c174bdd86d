using Halley.Data;
using Halley.Registry;

namespace Halley.Server;

/// <summary>A request for a decision, read but not yet checked against a decision's schema.</summary>
sealed record DecisionCall
{
    /// <summary>Key of safe retries; null where the caller gave none.</summary>
    public string? Key { get; init; }

    /// <summary>Unit that arms are assigned by; null to take the input field of role id.</summary>
    public string? UnitId { get; init; }

    public Purpose Purpose { get; init; }

    /// <summary>Whether the answer shall hold the steps.</summary>
    public bool Explain { get; init; }

    /// <summary>The input object as it was sent.</summary>
    public required ReadOnlyMemory<byte> Inputs { get; init; }

    /// <summary>Effective date that the answer is for; null for today.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>What the request is for; null for new business.</summary>
    public Transaction? Transaction { get; init; }

    /// <summary>The decision that an adjustment changes; null for other requests.</summary>
    public Guid? Original { get; init; }

    /// <summary>The schema that the request was made for; null for that of the release that answers.</summary>
    public string? Schema { get; init; }

    /// <summary>The decision that a what-if asks about; its inputs, with <see cref="Inputs"/> in their place, are decided again. Null for other requests.</summary>
    public Guid? Earlier { get; init; }

    /// <summary>Variants of the inputs, each decided by itself; empty for one record.</summary>
    public IReadOnlyList<VariantCall> Variants { get; init; } = [];

    /// <summary>Hash of what makes a repeated request the same.</summary>
    public required ContentHash Hash { get; init; }
}
