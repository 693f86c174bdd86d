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

    /// <summary>Hash of what makes a repeated request the same.</summary>
    public required ContentHash Hash { get; init; }
}
