namespace Halley.Registry;

/// <summary>How far the premiums of a portfolio move against the champion's.</summary>
public sealed record DislocationEvidence : GateEvidence
{
    /// <summary>False where the environment has no champion; the other members are 0 then.</summary>
    public required bool HasChampion { get; init; }

    public required long Policies { get; init; }

    /// <summary>Policies that change by more than the gate's threshold.</summary>
    public required long Moved { get; init; }

    /// <summary>Largest rise of any policy, as a share.</summary>
    public required double LargestRise { get; init; }

    /// <summary>Change of the total premium, as a share.</summary>
    public required double TotalChange { get; init; }

    /// <summary>The same by segment; null where none were asked for.</summary>
    public IReadOnlyList<DislocationSegment>? Segments { get; init; }
}
